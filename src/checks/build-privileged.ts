import { sharing } from "../facts/index.ts";
import { check } from "./check.ts";

/**
 * The build of the image runs with rights on the host.
 *
 * engine-build-entitlement says what follows where the builder allows it.
 */
export const buildPrivileged = check({
  id: "build-privileged",
  severity: "low",
  title: { en: "The image is built with rights on the host", ja: "イメージのビルドがホストの権限を求めている" },
  explanation: {
    en: "Steps of this build may run like a privileged container or on the host's network: every base image, package script and build argument then has those rights on the machine that builds. Nearly all builds do without.",
    ja: "このビルドのステップは、特権コンテナのように、またはホストのネットワークで実行されることがあります。その場合、ベースイメージ、パッケージのスクリプト、ビルド引数のすべてが、ビルドするマシンでその権限を持ちます。ほとんどのビルドでは不要です。",
  },
  needs: sharing.buildPrivileges,
  field: "build",
  remedy: {
    summary: {
      en: "Build without privileged, entitlements and the host's network",
      ja: "privileged、entitlements、ホストのネットワークを使わずにビルドする",
    },
  },
  examples: {
    flagged: [
      { compose: "services: {a: {build: {context: ., privileged: true}}}" },
      { compose: "services: {a: {build: {context: ., entitlements: [security.insecure]}}}" },
      { compose: "services: {a: {build: {context: ., network: host}}}" },
    ],
    clean: [
      { compose: "services: {a: {build: .}}" },
      { compose: "services: {a: {build: {context: ., privileged: false, entitlements: [], network: none}}}" },
    ],
  },
});
