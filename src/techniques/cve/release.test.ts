import assert from "node:assert/strict";
import { test } from "node:test";
import { compareReleases, readRelease } from "./release.ts";

const read = (text: string) => {
  const release = readRelease(text);
  assert.ok(release, text);
  return release;
};

for (const [older, newer] of [
  ["1.0.0-rc6", "1.0.0-rc7"],
  ["1.0.0-rc9", "1.0.0-rc93"], // by number, not by letter
  ["1.0.0-rc95", "1.0.0"],
  ["1.4.0-rc.2", "1.4.0-rc.3"],
  ["1.7.0-beta.4", "1.7.0-rc.1"],
  ["1.7.0-alpha.9", "1.7.0-beta.1"],
  ["1.0.0~rc93+ds1-5+deb11u3", "1.0.0"], // Debian writes a preview with a tilde
  ["1.1.9", "1.1.12"],
  ["v1.1.12", "1.2.0"],
  ["5.17-rc2", "5.17-rc3"],
  ["5.17-rc3", "5.17"],
  ["18.09.1-ce", "18.09.2"],
  ["5:27.1.0-1~ubuntu.24.04~noble", "27.1.1"],
] as const) {
  test(`${older} is older than ${newer}`, () => {
    assert.ok(compareReleases(read(older), read(newer)) < 0);
    assert.ok(compareReleases(read(newer), read(older)) > 0);
  });
}

for (const [left, right] of [
  ["1.1.5+ds1-1+deb12u1", "1.1.5"],
  ["20.10.24+dfsg1", "20.10.24"],
  ["6.8.0-45-generic", "6.8"],
  ["1.0-rc6", "1.0.0-rc6"],
  ["v1.4.0-rc.3", "1.4.0-rc3"],
] as const) {
  test(`${left} is the same release as ${right}`, () => {
    assert.equal(compareReleases(read(left), read(right)), 0);
  });
}

for (const [text, packaged] of [
  ["6.8.0-45-generic", true],
  ["6.8.12", false],
  ["1.1.5+ds1-1+deb12u1", true],
  ["1.2.0-rc.3", false],
  ["19.03.0-ce", false],
] as const) {
  test(`${text} is ${packaged ? "" : "not "}a distribution's package`, () => {
    assert.equal(read(text).packaged, packaged);
  });
}

for (const text of ["", "dev", "master-abcdef", "-rc1", "unknown"]) {
  test(`"${text}" is no release`, () => {
    assert.equal(readRelease(text), undefined);
  });
}
