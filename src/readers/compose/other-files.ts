import { posix } from "node:path";
import type { LocalizedText } from "../../base/index.ts";
import type { ComposeOptions } from "./compose-options.ts";
import { COMPOSE_FILES_MAX, COMPOSE_PROJECT_BYTES_MAX } from "./limits.ts";
import { MESSAGES } from "./messages.ts";

/** A file that another one names, or why there is none. */
export type OtherFile =
  | { readonly path: string; readonly uri: string; readonly text: string; readonly fault?: undefined }
  | { readonly fault: LocalizedText };

/** What Compose would fetch: an artifact of a registry, a Git repository, a page. */
const REMOTE = /^(?:oci|git|ssh|https?|file):\/\/|^[\w.-]+@[\w.-]+:|^github\.com\/|\.git(?:#|$)/;

/** Reads the files that the files of one project name. Nothing is fetched from anywhere else than this host. */
export class OtherFiles {
  readonly #options: ComposeOptions;
  /** How the user named the directory of the project. */
  readonly #uriOfDirectory: string;
  #files = 0;
  #bytes = 0;

  constructor(options: ComposeOptions, uri: string) {
    this.#options = options;
    this.#uriOfDirectory = posix.dirname(uri);
  }

  /** A path named in a file whose relative paths start at `directory`. */
  read(name: string, directory: string | undefined): OtherFile {
    if (REMOTE.test(name)) {
      return { fault: MESSAGES.remoteFile(name) };
    }
    const path = this.pathOf(name, directory);
    if (path === undefined) {
      return { fault: MESSAGES.directoryUnknown(name) };
    }
    if (this.#files >= COMPOSE_FILES_MAX || this.#bytes > COMPOSE_PROJECT_BYTES_MAX) {
      return { fault: MESSAGES.tooManyFiles(COMPOSE_FILES_MAX, COMPOSE_PROJECT_BYTES_MAX) };
    }
    this.#files += 1;
    const text = this.#options.readFile?.(path);
    if (text === undefined) {
      return { fault: MESSAGES.fileMissing(name) };
    }
    this.#bytes += Buffer.byteLength(text);
    return { path, uri: this.uriOf(path), text };
  }

  pathOf(name: string, directory: string | undefined): string | undefined {
    return posix.isAbsolute(name)
      ? posix.normalize(name)
      : directory === undefined
        ? undefined
        : posix.join(directory, name);
  }

  /** A path as it looks from where the user stands. */
  uriOf(path: string): string {
    const { directory } = this.#options;
    return directory === undefined ? path : posix.join(this.#uriOfDirectory, posix.relative(directory, path));
  }
}
