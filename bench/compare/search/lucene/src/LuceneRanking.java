// Lucene's French analyser and BM25 on the articles and queries that rankings are judged by (bench/compare/search/ranking).
//
//   LuceneRanking ARTICLES.tsv QUERIES.tsv [fields] [whole]
//
// ARTICLES: id, headline, lede, body, date (2018-09-07); QUERIES: qid, query. Prints qid and the ids of 50 hits, best first. `fields`: headline
// (x 8), lede (x 2) and body are searched as fields of their own, each word's scores summed; without it they are one text.
// `whole`: articles that hold every word stand before those that hold some. Lucene's defaults elsewhere (k1 1.2, b .75,
// FrenchAnalyzer with its stop words). Operators are read as the judgments' guidelines say.
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.regex.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.ByteBuffersDirectory;

public class LuceneRanking {
  static final Analyzer ANALYZER = new FrenchAnalyzer();
  static final Pattern PART = Pattern.compile("(-?)(?:\"([^\"]*)\"|«([^»]*)»|(\\S+))");
  static final float[] WEIGHTS = {8, 2, 1};
  static String[] fields = {"text"};

  static List<String> words(String text) throws Exception {
    List<String> out = new ArrayList<>();
    try (TokenStream stream = ANALYZER.tokenStream("text", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) out.add(term.toString());
      stream.end();
    }
    return out;
  }

  // A word or phrase in any of the fields.
  static Query anywhere(List<String> words) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (int i = 0; i < fields.length; ++i) {
      Query one = words.size() == 1 ? new TermQuery(new Term(fields[i], words.get(0))) : new PhraseQuery(fields[i], words.toArray(new String[0]));
      any.add(fields.length > 1 ? new BoostQuery(one, WEIGHTS[i]) : one, BooleanClause.Occur.SHOULD);
    }
    return any.build();
  }

  static Query query(String asked, boolean whole) throws Exception {
    boolean either = asked.contains(" OR "), operators = either;
    List<Query> parts = new ArrayList<>();
    BooleanQuery.Builder out = new BooleanQuery.Builder();
    for (Matcher m = PART.matcher(asked); m.find(); ) {
      String phrase = m.group(2) != null ? m.group(2) : m.group(3), word = m.group(4);
      boolean not = !m.group(1).isEmpty();
      if (word != null && word.equals("OR")) continue;
      if (word != null && word.startsWith("date:")) {
        operators = true;
        out.add(new PrefixQuery(new Term("date", word.substring(5))), BooleanClause.Occur.FILTER);
        continue;
      }
      operators |= phrase != null || not;
      List<String> words = words(phrase != null ? phrase : word);
      if (words.isEmpty()) continue;
      if (not) {
        out.add(anywhere(words), BooleanClause.Occur.MUST_NOT);
      } else if (phrase != null) {
        parts.add(anywhere(words));
      } else {
        for (String each : words) parts.add(anywhere(List.of(each)));
      }
    }
    boolean all = operators && !either;
    for (Query part : parts) out.add(part, all ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD);
    if (whole && !operators) {
      BooleanQuery.Builder every = new BooleanQuery.Builder();
      for (Query part : parts) every.add(part, BooleanClause.Occur.MUST);
      out.add(new BoostQuery(new ConstantScoreQuery(every.build()), 10000), BooleanClause.Occur.SHOULD);
    }
    if (!all) out.setMinimumNumberShouldMatch(1);
    return out.build();
  }

  public static void main(String[] a) throws Exception {
    List<String> options = Arrays.asList(a).subList(2, a.length);
    if (options.contains("fields")) fields = new String[] {"title", "lede", "body"};
    ByteBuffersDirectory folder = new ByteBuffersDirectory();
    try (IndexWriter writer = new IndexWriter(folder, new IndexWriterConfig(ANALYZER))) {
      for (String line : Files.readAllLines(Path.of(a[0]), StandardCharsets.UTF_8)) {
        String[] f = line.split("\t", -1);
        Document d = new Document();
        d.add(new StoredField("id", f[0]));
        d.add(new StringField("date", f[4], Field.Store.NO));
        d.add(new TextField("text", f[1] + "\n" + f[2] + "\n" + f[3], Field.Store.NO));
        d.add(new TextField("title", f[1], Field.Store.NO));
        d.add(new TextField("lede", f[2], Field.Store.NO));
        d.add(new TextField("body", f[3], Field.Store.NO));
        writer.addDocument(d);
      }
    }
    try (DirectoryReader reader = DirectoryReader.open(folder)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      for (String line : Files.readAllLines(Path.of(a[1]), StandardCharsets.UTF_8)) {
        String[] f = line.split("\t", -1);
        StringBuilder out = new StringBuilder(f[0]);
        for (ScoreDoc hit : searcher.search(query(f[1], options.contains("whole")), 50).scoreDocs) {
          out.append('\t').append(searcher.storedFields().document(hit.doc).get("id"));
        }
        System.out.println(out);
      }
    }
  }
}
