// Lucene behind the protocol of bench/compare/search/compare; one thread.
//
//   LuceneDriver build CORPUS.tsv FOLDER [sorted] [merged]   sorted: newest first, by the index; merged: into one segment
//   LuceneDriver serve FOLDER
//
// As fast as Lucene is asked to be: no count beyond the hits wanted, early termination where the index is sorted, facets counted
// by ordinals in a collector of our own.
import java.io.*;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;
import org.apache.lucene.util.BytesRef;

public class LuceneDriver {
  static final Sort NEWEST = new Sort(new SortField("time", SortField.Type.LONG, true));
  static final String[] DIMENSIONS = {"source", "language", "month"};

  static Document document(String[] f) {
    Document d = new Document();
    long time = Long.parseLong(f[1]);
    d.add(new NumericDocValuesField("row", Long.parseLong(f[0])));
    d.add(new LongPoint("time", time));
    d.add(new NumericDocValuesField("time", time));
    d.add(new SortedDocValuesField("source", new BytesRef(f[2])));
    d.add(new SortedDocValuesField("language", new BytesRef(f[3])));
    d.add(new SortedDocValuesField("month", new BytesRef(month(time))));
    d.add(new TextField("body", f[4], Field.Store.NO));
    return d;
  }

  static String month(long time) {
    return java.time.Instant.ofEpochSecond(time).toString().substring(0, 7);
  }

  static IndexWriterConfig config(boolean sorted) {
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
    config.setRAMBufferSizeMB(256);
    config.setMergeScheduler(new SerialMergeScheduler());
    config.setUseCompoundFile(false);
    if (sorted) config.setIndexSort(NEWEST);
    return config;
  }

  // Of the whole process: the collector's and the compiler's threads are part of the cost.
  static double processorSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
  }

  static void build(String[] a) throws Exception {
    List<String> options = Arrays.asList(a).subList(3, a.length);
    double start = processorSeconds();
    long count = 0;
    try (Directory folder = new MMapDirectory(Path.of(a[2]));
        IndexWriter writer = new IndexWriter(folder, config(options.contains("sorted")));
        BufferedReader lines = Files.newBufferedReader(Path.of(a[1]), StandardCharsets.US_ASCII)) {
      for (String line; (line = lines.readLine()) != null; ++count) writer.addDocument(document(line.split("\t", -1)));
      writer.commit();
      double indexed = processorSeconds() - start;
      if (options.contains("merged")) {
        writer.forceMerge(1);
        writer.commit();
      }
      System.out.printf(Locale.ROOT, "%d %.3f%n", count, indexed);
    }
  }

  static final java.lang.management.ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  // Processor time of this thread: what else the machine does stays out, and so do the compiler and the collector.
  static long now() { return THREADS.getCurrentThreadCpuTime(); }

  static Query words(String kind, String words) {
    String[] each = words.split(" ");
    if (kind.equals("PHRASE")) return new PhraseQuery("body", each);
    if (each.length == 1) return new TermQuery(new Term("body", words));
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    BooleanClause.Occur occur = kind.equals("OR") ? BooleanClause.Occur.SHOULD : BooleanClause.Occur.MUST;
    for (String word : each) query.add(new TermQuery(new Term("body", word)), occur);
    return query.build();
  }

  static Query query(String[] f) {
    Query query = words(f[1], f[2]);
    if (f.length < 5 || f[3].isEmpty()) return query;
    long from = Long.parseLong(f[3]), to = Long.parseLong(f[4]) - 1;
    Query points = new IndexOrDocValuesQuery(LongPoint.newRangeQuery("time", from, to), NumericDocValuesField.newSlowRangeQuery("time", from, to));
    Query range = new IndexSortSortedNumericDocValuesRangeQuery("time", from, to, points);
    return new BooleanQuery.Builder().add(query, BooleanClause.Occur.MUST).add(range, BooleanClause.Occur.FILTER).build();
  }

  static abstract class Each extends SimpleCollector {
    @Override public ScoreMode scoreMode() { return ScoreMode.COMPLETE_NO_SCORES; }
  }

  static final class AllRows extends Each {
    NumericDocValues rows;
    long count, sum;
    @Override protected void doSetNextReader(LeafReaderContext c) throws IOException { rows = DocValues.getNumeric(c.reader(), "row"); }
    @Override public void collect(int doc) throws IOException {
      rows.advanceExact(doc);
      ++count;
      sum += rows.longValue() * rows.longValue();
    }
  }

  static final class Facets extends Each {
    final List<Map<BytesRef, Long>> totals = new ArrayList<>();
    final SortedDocValues[] values = new SortedDocValues[DIMENSIONS.length];
    final int[][] counts = new int[DIMENSIONS.length][];
    long count;
    Facets() { for (String d : DIMENSIONS) totals.add(new HashMap<>()); }
    @Override protected void doSetNextReader(LeafReaderContext c) throws IOException {
      fold();
      for (int i = 0; i < DIMENSIONS.length; ++i) {
        values[i] = DocValues.getSorted(c.reader(), DIMENSIONS[i]);
        counts[i] = new int[values[i].getValueCount()];
      }
    }
    @Override public void collect(int doc) throws IOException {
      ++count;
      for (int i = 0; i < values.length; ++i) if (values[i].advanceExact(doc)) ++counts[i][values[i].ordValue()];
    }
    void fold() throws IOException {
      for (int i = 0; i < DIMENSIONS.length && values[i] != null; ++i)
        for (int o = 0; o < counts[i].length; ++o)
          if (counts[i][o] > 0) totals.get(i).merge(BytesRef.deepCopyOf(values[i].lookupOrd(o)), (long) counts[i][o], Long::sum);
    }
    String text() throws IOException {
      fold();
      StringBuilder out = new StringBuilder();
      for (Map<BytesRef, Long> total : totals) {
        List<Map.Entry<BytesRef, Long>> sorted = new ArrayList<>(total.entrySet());
        sorted.sort(Map.Entry.<BytesRef, Long>comparingByValue().reversed());
        out.append(' ').append(sorted.size()).append(':').append(sorted.stream().mapToLong(Map.Entry::getValue).sum());
      }
      return out.toString();
    }
  }

  static String answer(IndexSearcher searcher, String[] f) throws IOException {
    long start = now();
    Query query = query(f);
    if (f[0].equals("set")) {
      AllRows all = new AllRows();
      searcher.search(query, all);
      return now() - start + " " + all.count + " " + Long.toUnsignedString(all.sum);
    }
    if (f[0].equals("facets")) {
      Facets facets = new Facets();
      searcher.search(query, facets);
      String text = facets.text();
      return now() - start + " " + facets.count + text;
    }
    TopDocs top = f[0].equals("latest")
        ? searcher.search(query, new TopFieldCollectorManager(NEWEST, 20, null, 20))
        : searcher.search(query, new TopScoreDocCollectorManager(10, null, 10));
    StringBuilder rows = new StringBuilder();
    for (ScoreDoc hit : top.scoreDocs) {
      List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
      NumericDocValues values = DocValues.getNumeric(leaf.reader(), "row");
      values.advanceExact(hit.doc - leaf.docBase);
      rows.append(' ').append(values.longValue());
    }
    return now() - start + " " + top.totalHits.value + rows;
  }

  static IndexSearcher searcher(DirectoryReader reader) {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    return searcher;
  }

  static void serve(String[] a) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    Directory folder = new MMapDirectory(Path.of(a[1]));
    IndexWriter writer = null;
    DirectoryReader reader = DirectoryReader.open(folder);
    IndexSearcher searcher = searcher(reader);
    for (String line; (line = in.readLine()) != null; ) {
      String[] f = line.split("\t", -1);
      if (f[0].equals("append")) {
        if (writer == null) {
          writer = new IndexWriter(folder, config(reader.leaves().get(0).reader().getMetaData().getSort() != null));
          reader = DirectoryReader.open(writer);
        }
        long start = System.nanoTime();
        writer.addDocument(document(Arrays.copyOfRange(f, 1, f.length)));
        DirectoryReader fresh = DirectoryReader.openIfChanged(reader, writer);
        if (fresh != null) reader = fresh;
        searcher = searcher(reader);
        int found = searcher.count(new TermQuery(new Term("body", f[5].split(" ")[0])));
        System.out.println(System.nanoTime() - start + " " + found);
      } else {
        System.out.println(answer(searcher, f));
      }
      System.out.flush();
    }
  }

  public static void main(String[] a) throws Exception {
    if (a[0].equals("build")) build(a);
    else serve(a);
  }
}
