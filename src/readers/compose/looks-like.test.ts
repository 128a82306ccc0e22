import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikeCompose } from "./looks-like.ts";

for (const [name, text, expected] of [
  ["a Compose file", "services:\n  web:\n    image: nginx\n", true],
  ["one with a version and a comment", "# hi\nversion: '3'\nservices: # all\n\n  # one\n  web: {}\n", true],
  ["one with carriage returns", "name: x\r\nservices:\r\n  web: {}\r\n", true],
  ["one with a byte order mark", "\uFEFFservices:\n  web: {}\n", true],
  ["one in a flow", "services: {web: {}}\n", true],
  ["one with an anchor", "services: &s\n  web: {}\n", true],
  ["one in quotes", '"services":\n  web: {}\n', true],
  ["one in JSON", '{"version": "3",\n "services": {"web": {}}}', true],
  ["one without services", "services:\n", true],
  ["a version 1 file", "web:\n  image: nginx\ndb:\n  build: .\n", true],
  ["a pipeline with a list of services", "image: ruby\nservices:\n  - postgres\n", false],
  ["a pipeline with a list at the margin", "services:\n\n# x\n- postgres\n", false],
  ["a pipeline of jobs", "build:\n  image: x\n  script: make\n", false],
  ["a Kubernetes manifest", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: x\n", false],
  ["a workflow", "jobs:\n  a:\n    services:\n      redis:\n        image: redis\n", false],
  ["a version 1 file with an image and a build", "web:\n  image: nginx\n  build: .\nother:\n  x: 5\n", false],
  ["a version 1 file with something else in it", "web:\n  image: nginx\nother: 5\n", false],
  ["a value", "services: none\n", false],
  ["a Dockerfile", "FROM alpine\nRUN echo services:\n", false],
  ["an inspect document", '[{"Id": "x", "HostConfig": {}}]', false],
  ["nothing", "", false],
] as const) {
  test(`${name} ${expected ? "looks" : "does not look"} like Compose`, () => {
    assert.equal(looksLikeCompose(text), expected);
  });
}
