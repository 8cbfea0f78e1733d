// A site that speaks HTTP/2 over TLS and nothing else, its answers compressed with brotli, for test_collect.py:
//     node secure_site.mjs KEY CERTIFICATE        prints its port; ends with its standard input
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { brotliCompressSync } from 'node:zlib';

const [key, cert] = process.argv.slice(2).map((path) => readFileSync(path));
const page = '<!doctype html><html lang="fr"><title>Le phare parle en sourdine</title><article><h1>Le phare parle en sourdine</h1>'
  + '<p>La page est venue compressée par une liaison chiffrée, comme le veut le gardien du phare.</p></article></html>';
const server = createSecureServer({ key, cert, allowHTTP1: false });
server.on('stream', (stream, headers) => {
  if (headers[':path'] !== '/page') {
    stream.respond({ ':status': 404 });
    stream.end();
    return;
  }
  stream.respond({ ':status': 200, 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'br' });
  stream.end(brotliCompressSync(page));
});
server.listen(0, '127.0.0.1', () => { console.log(server.address().port); });
process.stdin.resume().on('end', () => process.exit(0));
