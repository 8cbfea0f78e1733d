// Tantivy behind the protocol of bench/compare/search/compare; one thread.
//
//   tantivy-driver build CORPUS.tsv FOLDER [merged]    and serve FOLDER
//
// Facets are counted by ordinals of fast fields in a collector of our own, newest-first by the time's fast field.
use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::ops::Bound;
use std::time::Instant;
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, FAST, STRING,
};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{
    DocAddress, DocId, Index, IndexReader, IndexWriter, Order, ReloadPolicy, Score, Searcher, SegmentOrdinal,
    SegmentReader, TantivyDocument, Term,
};

type Any<T> = Result<T, Box<dyn std::error::Error>>;
const MEMORY: usize = 256 << 20;
const DIMENSIONS: [&str; 3] = ["source", "language", "month"];

struct Fields {
    row: Field,
    time: Field,
    names: [Field; 3],
    body: Field,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer("words")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let row = builder.add_u64_field("row", FAST);
    let time = builder.add_i64_field("time", FAST);
    let names = DIMENSIONS.map(|name| builder.add_text_field(name, STRING | FAST));
    let body = builder.add_text_field("body", TextOptions::default().set_indexing_options(words));
    (builder.build(), Fields { row, time, names, body })
}

fn with_words(index: Index) -> Index {
    index.tokenizers().register("words", TextAnalyzer::builder(WhitespaceTokenizer::default()).build());
    index
}

fn month(time: i64) -> String {
    let days = time.div_euclid(86400) + 719_468; // civil from days, eras of 400 years
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    format!("{:04}-{:02}", era * 400 + year + i64::from(month <= 2), month)
}

fn document(fields: &Fields, parts: &[&str]) -> Any<TantivyDocument> {
    let time: i64 = parts[1].parse()?;
    let mut document = TantivyDocument::default();
    document.add_u64(fields.row, parts[0].parse()?);
    document.add_i64(fields.time, time);
    document.add_text(fields.names[0], parts[2]);
    document.add_text(fields.names[1], parts[3]);
    document.add_text(fields.names[2], month(time));
    document.add_text(fields.body, parts[4]);
    Ok(document)
}

fn processor_seconds() -> f64 {
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let seconds = |t: libc::timeval| t.tv_sec as f64 + t.tv_usec as f64 * 1e-6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

// Processor time of this thread: what else the machine does stays out.
fn now() -> i64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

fn build(corpus: &str, folder: &str, merged: bool) -> Any<()> {
    let start = processor_seconds();
    let (schema, fields) = schema();
    std::fs::create_dir_all(folder)?;
    let index = with_words(Index::create_in_dir(folder, schema)?);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    let mut count = 0;
    for line in std::io::BufReader::with_capacity(1 << 20, std::fs::File::open(corpus)?).lines() {
        let line = line?;
        writer.add_document(document(&fields, &line.split('\t').collect::<Vec<_>>())?)?;
        count += 1;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    println!("{count} {:.3}", processor_seconds() - start);
    if merged {
        let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
    }
    Ok(())
}

fn words(fields: &Fields, kind: &str, words: &str) -> Box<dyn Query> {
    let terms: Vec<Term> = words.split(' ').map(|word| Term::from_field_text(fields.body, word)).collect();
    if kind == "PHRASE" {
        return Box::new(PhraseQuery::new(terms));
    }
    let occur = if kind == "OR" { Occur::Should } else { Occur::Must };
    let mut queries: Vec<(Occur, Box<dyn Query>)> = terms
        .into_iter()
        .map(|term| (occur, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>))
        .collect();
    if queries.len() == 1 {
        return queries.pop().expect("one").1;
    }
    Box::new(BooleanQuery::new(queries))
}

fn query(fields: &Fields, request: &[&str]) -> Any<Box<dyn Query>> {
    let found = words(fields, request[1], request[2]);
    if request[3].is_empty() {
        return Ok(found);
    }
    let bound = |text: &str| -> Any<Term> { Ok(Term::from_field_i64(fields.time, text.parse()?)) };
    let range = RangeQuery::new(Bound::Included(bound(request[3])?), Bound::Excluded(bound(request[4])?));
    Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, found), (Occur::Must, Box::new(range))])))
}

// What every match has to say: how often each ordinal of each dimension, or the rows' sum.
#[derive(Clone, Copy)]
enum All {
    Facets,
    Rows,
}

#[derive(Default)]
struct Told {
    count: u64,
    sum: u64,
    values: Vec<HashMap<String, u64>>,
}

struct AllSegment {
    names: Vec<(StrColumn, Column<u64>, Vec<u32>)>,
    rows: Option<Column<u64>>,
    told: Told,
}

impl Collector for All {
    type Fruit = Told;
    type Child = AllSegment;
    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<AllSegment> {
        let mut child = AllSegment { names: vec![], rows: None, told: Told::default() };
        match self {
            All::Rows => child.rows = Some(segment.fast_fields().u64("row")?),
            All::Facets => {
                for name in DIMENSIONS {
                    let column = segment.fast_fields().str(name)?.expect("a fast field");
                    let (ordinals, size) = (column.ords().clone(), column.num_terms());
                    child.names.push((column, ordinals, vec![0; size]));
                }
            }
        }
        Ok(child)
    }
    fn requires_scoring(&self) -> bool {
        false
    }
    fn merge_fruits(&self, fruits: Vec<Told>) -> tantivy::Result<Told> {
        let mut all = Told::default();
        for fruit in fruits {
            all.count += fruit.count;
            all.sum = all.sum.wrapping_add(fruit.sum);
            all.values.resize_with(fruit.values.len(), HashMap::new);
            for (into, from) in all.values.iter_mut().zip(fruit.values) {
                for (name, count) in from {
                    *into.entry(name).or_default() += count;
                }
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for AllSegment {
    type Fruit = Told;
    fn collect(&mut self, doc: DocId, _: Score) {
        self.told.count += 1;
        if let Some(rows) = &self.rows {
            let row = rows.first(doc).unwrap_or(0);
            self.told.sum = self.told.sum.wrapping_add(row * row);
        }
        for (_, ordinals, counts) in &mut self.names {
            if let Some(ordinal) = ordinals.first(doc) {
                counts[ordinal as usize] += 1;
            }
        }
    }
    fn harvest(mut self) -> Told {
        for (column, _, counts) in &self.names {
            let mut values = HashMap::new();
            for (ordinal, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let mut name = String::new();
                let _ = column.ord_to_str(ordinal as u64, &mut name);
                values.insert(name, u64::from(*count));
            }
            self.told.values.push(values);
        }
        self.told
    }
}

fn rows(searcher: &Searcher, hits: impl Iterator<Item = DocAddress>) -> Any<String> {
    let mut text = String::new();
    for hit in hits {
        let column = searcher.segment_reader(hit.segment_ord).fast_fields().u64("row")?;
        text += &format!(" {}", column.first(hit.doc_id).unwrap_or(0));
    }
    Ok(text)
}

fn answer(searcher: &Searcher, fields: &Fields, request: &[&str]) -> Any<String> {
    let start = now();
    let query = query(fields, request)?;
    let text = match request[0] {
        "set" => {
            let all = searcher.search(&query, &All::Rows)?;
            format!("{} {}", all.count, all.sum)
        }
        "facets" => {
            let all = searcher.search(&query, &All::Facets)?;
            let mut text = all.count.to_string();
            for values in &all.values {
                let mut sorted: Vec<_> = values.iter().collect();
                sorted.sort_by(|a, b| b.1.cmp(a.1));
                text += &format!(" {}:{}", sorted.len(), sorted.iter().map(|v| v.1).sum::<u64>());
            }
            text
        }
        "latest" => {
            let top = searcher.search(&query, &TopDocs::with_limit(20).order_by_fast_field::<i64>("time", Order::Desc))?;
            format!("{}{}", top.len(), rows(searcher, top.into_iter().map(|hit| hit.1))?)
        }
        _ => {
            let top = searcher.search(&query, &TopDocs::with_limit(10).order_by_score())?;
            format!("{}{}", top.len(), rows(searcher, top.into_iter().map(|hit| hit.1))?)
        }
    };
    Ok(format!("{} {text}", now() - start))
}

fn append(writer: &mut IndexWriter, reader: &IndexReader, fields: &Fields, request: &[&str]) -> Any<String> {
    let start = Instant::now();
    writer.add_document(document(fields, &request[1..])?)?;
    writer.commit()?;
    reader.reload()?;
    let word = request[5].split(' ').next().unwrap_or("");
    let query = TermQuery::new(Term::from_field_text(fields.body, word), IndexRecordOption::Basic);
    let found = reader.searcher().search(&query, &Count)?;
    Ok(format!("{} {found}", start.elapsed().as_nanos()))
}

fn serve(folder: &str) -> Any<()> {
    let index = with_words(Index::open_in_dir(folder)?);
    let (_, fields) = schema();
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let mut writer: Option<IndexWriter> = None;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let request: Vec<&str> = line.split('\t').collect();
        let text = if request[0] == "append" {
            if writer.is_none() {
                writer = Some(index.writer_with_num_threads(1, MEMORY)?);
            }
            append(writer.as_mut().expect("a writer"), &reader, &fields, &request)?
        } else {
            answer(&reader.searcher(), &fields, &request)?
        };
        println!("{text}");
        std::io::stdout().flush()?;
    }
    Ok(())
}

fn main() -> Any<()> {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments[1].as_str() {
        "build" => build(&arguments[2], &arguments[3], arguments.len() > 4),
        _ => serve(&arguments[2]),
    }
}
