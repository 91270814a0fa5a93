package dev.terrain.run;

import java.util.regex.Pattern;

/** Kind of file that a study, or a copy of its tables, consists of. */
enum FileKind {
  PLAN("study/plan.json"),
  RECORD("study/ledger/.+\\.avro"),
  SEGMENT("study/segments/.+\\.records"),
  SEGMENT_INDEX("study/segments/.+\\.index"),
  WEIGHTS("study/models/.+/model\\.safetensors"),
  PROGRESS("study/models/.+/progress\\.safetensors"),
  VECTORS("study/models/.+/eigenvectors-.+\\.safetensors"),
  FAILURE("study/failed/.+"),
  LEASE("study/leases/.+"),
  TABLE("study/tables/.+/part-\\d.+\\.avro"),
  MANIFEST("study/tables/manifest\\.json"),
  REPORT("study/(report\\.html|figures/.+)"),
  STREAMED_TABLE("streamed/tables/.+/part-stream-.+\\.avro"),
  STREAM_MARKER("streamed/tables/streamed/.+"),
  COPY_MANIFEST("copy/copy\\.json");

  private final Pattern names;

  FileKind(String names) {
    this.names = Pattern.compile(names);
  }

  boolean isKindOf(String name) {
    return names.matcher(name).matches();
  }
}
