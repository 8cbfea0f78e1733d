filedesc://a.arc 0.0.0.0 20140216050221 text/plain 12
1 0 Somebody
http://a.example/ 192.0.2.1 20140216050221 text/html 62
HTTP/1.1 200 OK
Content-Type: text/html

<title>T</title><p>w
