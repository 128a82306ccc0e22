import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { readInspect } from "../../readers/index.ts";
import { IMAGE_CHECKS } from "./index.ts";

const OTHERS = new Set(["commands.ts", "image-check.ts", "image-checks.test.ts", "index.ts", "list.ts"]);

test("every rule's file is listed, in order, under its own name", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !OTHERS.has(file));
  assert.deepEqual(
    IMAGE_CHECKS.map(({ id }) => id),
    files.map((file) => file.replace(/\.ts$/, "")).sort(),
  );
});

function found(config: object, find: (typeof IMAGE_CHECKS)[number]["find"]): readonly string[] {
  const document = { Id: "sha256:1", RootFS: {}, Architecture: "amd64", Config: config };
  const { images } = readInspect({ text: JSON.stringify([document]), uri: "image.json" });
  assert.equal(images.length, 1);
  return images.flatMap(find);
}

for (const { id, find, examples } of IMAGE_CHECKS) {
  describe(id, () => {
    for (const config of examples.flagged) {
      test(`flags ${JSON.stringify(config)}`, () => assert.equal(found(config, find).length, 1));
    }
    for (const config of examples.clean) {
      test(`passes ${JSON.stringify(config)}`, () => assert.deepEqual(found(config, find), []));
    }
  });
}
