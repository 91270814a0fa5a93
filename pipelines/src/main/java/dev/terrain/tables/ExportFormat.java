package dev.terrain.tables;

/** A text format for tables. */
public enum ExportFormat {
  /** RFC 4180: a header line, lines ended by CR LF, fields quoted where needed. */
  CSV,
  /** One JSON object a line. */
  JSONL
}
