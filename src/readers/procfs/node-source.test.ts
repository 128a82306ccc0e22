import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { ABSENT } from "./host-source.ts";
import { NODE_SOURCE, UNPACKED_BYTES_MAX } from "./node-source.ts";

const folder = mkdtempSync(join(tmpdir(), "sekisho-node-source-"));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

test("a file, a folder and a link are read", () => {
  writeFileSync(at("file"), "text", { mode: 0o640 });
  symlinkSync("file", at("link"));
  assert.equal(NODE_SOURCE.text(at("file")), "text");
  assert.equal(NODE_SOURCE.text(at("link")), "text");
  assert.equal(NODE_SOURCE.link(at("link")), "file");
  assert.deepEqual(NODE_SOURCE.status(at("file")), {
    kind: "file",
    mode: 0o640,
    uid: process.getuid?.(),
    gid: process.getgid?.(),
  });
});

test("what is not there is absent; what cannot be read as asked is not known", () => {
  for (const read of [NODE_SOURCE.text, NODE_SOURCE.gunzipped, NODE_SOURCE.status, NODE_SOURCE.link]) {
    assert.equal(read(at("nothing")), ABSENT);
  }
  writeFileSync(at("plain"), "text");
  assert.equal(NODE_SOURCE.text(folder), undefined);
  assert.equal(NODE_SOURCE.link(at("plain")), undefined);
  assert.equal(NODE_SOURCE.gunzipped(at("plain")), undefined);
});

for (const [bytes, read] of [
  [UNPACKED_BYTES_MAX, true],
  [UNPACKED_BYTES_MAX + 1, false],
] as const) {
  test(`${bytes} unpacked bytes are ${read ? "read" : "not read"}`, () => {
    writeFileSync(at("config.gz"), gzipSync(Buffer.alloc(bytes, "#")));
    const text = NODE_SOURCE.gunzipped(at("config.gz"));
    assert.equal(typeof text === "string" ? text.length : text, read ? bytes : undefined);
  });
}
