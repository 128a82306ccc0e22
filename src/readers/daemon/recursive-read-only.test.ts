import assert from "node:assert/strict";
import { test } from "node:test";
import { readEngine } from "./read-engine.ts";

interface Row {
  readonly says: string;
  readonly info: object;
  readonly version?: object;
  readonly rro: boolean | undefined;
}

const runtime = (name: string, features?: string) => ({
  DefaultRuntime: name,
  Runtimes: {
    [name]: features === undefined ? {} : { status: { "org.opencontainers.runtime-spec.features": features } },
  },
});

const modern = { ServerVersion: "25.0.3", KernelVersion: "5.12.0" };

const RECURSIVE_READ_ONLY: readonly Row[] = [
  {
    says: "the runtime says it can",
    info: { ...modern, ...runtime("crun", '{"mountOptions":["rro"]}') },
    rro: true,
  },
  {
    says: "the runtime says it cannot",
    info: { ...modern, ...runtime("crun", '{"mountOptions":["ro"]}') },
    rro: false,
  },
  { says: "a runtime that says nothing", info: { ...modern, ...runtime("crun") }, rro: undefined },
  { says: "a broken list of features", info: { ...modern, ...runtime("crun", "{") }, rro: undefined },
  {
    says: "runc by its version",
    info: { ...modern, ...runtime("runc") },
    version: { Components: [{ Name: "runc", Version: "1.1.0" }] },
    rro: true,
  },
  {
    says: "runc too old",
    info: { ...modern, ...runtime("runc") },
    version: { Components: [{ Name: "runc", Version: "1.0.3" }] },
    rro: false,
  },
  {
    says: "an engine too old",
    info: { ...modern, ServerVersion: "24.0.9", ...runtime("runc", '{"mountOptions":["rro"]}') },
    rro: false,
  },
  {
    says: "a kernel too old",
    info: { ...modern, KernelVersion: "5.10.0-30-amd64", ...runtime("runc", '{"mountOptions":["rro"]}') },
    rro: false,
  },
  {
    says: "a kernel of which nothing is known",
    info: { ServerVersion: "25.0", ...runtime("runc", '{"mountOptions":["rro"]}') },
    rro: undefined,
  },
];

for (const { says, info, version, rro } of RECURSIVE_READ_ONLY) {
  test(`${says}: read-only binds are recursive: ${rro}`, () => {
    assert.equal(readEngine("unix:///run/docker.sock", info, version).values.rro, rro);
  });
}
