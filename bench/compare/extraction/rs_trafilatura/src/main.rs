// rs-trafilatura over a list of pages: one JSON line a page, as `vigie extract --format json --list FILE` prints them.
use std::io::{BufRead, Write};

fn answer(path: &str, url: &str) -> Result<serde_json::Value, Box<dyn std::error::Error>> {
    let bytes = std::fs::read(path)?;
    let options = rs_trafilatura::Options {
        url: if url.is_empty() { None } else { Some(url.to_string()) },
        ..Default::default()
    };
    let found = match std::str::from_utf8(&bytes) {
        Ok(text) => rs_trafilatura::extract_with_options(text, &options)?,
        Err(_) => rs_trafilatura::extract_bytes_with_options(&bytes, &options)?,
    };
    let authors: Vec<String> = found.metadata.author.iter()
        .flat_map(|names| names.split(';')).map(|name| name.trim().to_string()).filter(|name| !name.is_empty()).collect();
    Ok(serde_json::json!({
        "text": found.content_text,
        "title": found.metadata.title,
        "authors": authors,
        "published": found.metadata.date.map(|date| date.format("%Y-%m-%d").to_string()),
    }))
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let list = arguments.iter().position(|a| a == "--list").map(|at| arguments[at + 1].clone()).expect("--list FILE");
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::BufReader::new(std::fs::File::open(list).expect("the list")).lines() {
        let line = line.expect("a line");
        let (path, url) = line.split_once('\t').unwrap_or((&line, ""));
        let found = std::panic::catch_unwind(|| answer(path, url).map_err(|error| error.to_string()));
        let value = match found {
            Ok(Ok(value)) => value,
            _ => serde_json::json!({"text": ""}),
        };
        writeln!(out, "{value}").expect("output");
    }
}
