import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  type Capability,
  DOCKER_DEFAULT_CAPABILITIES,
  formatCapabilityMask,
  LAST_CAPABILITY_OF_ENGINE_20_10,
  resolveCapabilities,
  withoutCapabilities,
} from "./capability.ts";

interface Row {
  readonly name: string;
  readonly flags: string;
  readonly refused?: boolean;
  readonly capBnd?: string;
}

const { rows } = JSON.parse(readFileSync(new URL("../../test/corpus/flag-effects.json", import.meta.url), "utf8")) as {
  rows: readonly Row[];
};

/** The machine of the measurement lacked it, and a wrapper took it out of what the engine asked for. */
const MISSING_ON_THE_MACHINE = new Set<Capability>(["SYS_RESOURCE"]);

for (const { name, flags, refused, capBnd } of rows) {
  test(`measured on 20.10.24: ${name} -> ${refused ? "refused" : capBnd}`, () => {
    const resolved = resolveCapabilities({
      privileged: flags.includes("--privileged"),
      add: valuesOf(flags, "--cap-add"),
      drop: valuesOf(flags, "--cap-drop"),
      defaults: DOCKER_DEFAULT_CAPABILITIES,
      lastCapability: LAST_CAPABILITY_OF_ENGINE_20_10,
    });
    assert.equal(resolved.refused.length > 0, refused === true);
    if (refused !== true) {
      assert.equal(formatCapabilityMask(withoutCapabilities(resolved.bounding, MISSING_ON_THE_MACHINE)), capBnd);
    }
  });
}

const valuesOf = (flags: string, name: string): string[] =>
  [...flags.matchAll(new RegExp(`${name} (\\S+)`, "g"))].map((match) => match[1] ?? "");
