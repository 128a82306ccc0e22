import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { readCompose } from "../../readers/compose/index.ts";
import { readRunLine } from "../../readers/docker-run/index.ts";
import { readDockerfile } from "../../readers/dockerfile/index.ts";
import { ReadError, type ReadResult, readCreateRequest, readInspect } from "../../readers/index.ts";
import { readKubernetes } from "../../readers/kubernetes/index.ts";
import { type ComposeVariables, composeOptions } from "./compose-projects.ts";
import { detectKind, type InputKind } from "./detect.ts";
import { readNamedFile } from "./files.ts";

/** Reads a text with the reader for its kind. @throws {ReadError} when it is none of ours or cannot be read at all. */
export function readText(
  text: string,
  uri: string,
  as: InputKind | undefined,
  variables: ComposeVariables = {},
): ReadResult {
  const kind = as ?? detectKind(text);
  const directory = uri === "-" ? process.cwd() : dirname(resolve(uri));
  switch (kind) {
    case "inspect":
      return readInspect({ text, uri });
    case "create-request":
      return readCreateRequest({ text, uri });
    case "docker-run":
      return readRunLine(text, uri, { workingDirectory: directory, homeDirectory: homedir(), readFile: readNamedFile });
    case "compose":
      return readCompose(text, uri, composeOptions(uri, variables));
    case "kubernetes":
      return readKubernetes(text, uri);
    case "dockerfile":
      return { workloads: [], problems: [], dockerfiles: [readDockerfile(text, uri)] };
    case undefined:
      throw new ReadError(
        "NOT_THIS_INPUT",
        {
          en: "not recognised as an inspect document, a create request, a docker run line, a Compose file, a Dockerfile or a Kubernetes manifest: name it with --as KIND",
          ja: "inspect 文書、create 要求、docker run 行、Compose ファイル、Dockerfile、Kubernetes マニフェストのどれとも判断できません。--as KIND で指定してください",
        },
        { uri },
      );
    default:
      return kind satisfies never;
  }
}
