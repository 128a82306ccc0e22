import { posix } from "node:path";
import { problemOf, ReadError } from "../read-result.ts";
import type { ComposeFile, ComposeOptions } from "./compose-options.ts";
import type { Environment } from "./environment.ts";
import { Extender, type ExtendScope, type OpenScope } from "./extends.ts";
import { type Inclusion, includedEnvironment, inclusionsOf, sameTree, unknownOf } from "./include.ts";
import { COMPOSE_CHAIN_MAX } from "./limits.ts";
import { Sources } from "./lines.ts";
import { Merger } from "./merge.ts";
import { MESSAGES } from "./messages.ts";
import { OtherFiles } from "./other-files.ts";
import { parseYaml } from "./parse.ts";
import { Problems } from "./problems.ts";
import { projectEnvironment } from "./project-environment.ts";
import { type InterpolationBudget, resolveDocument } from "./resolve.ts";
import { childOf, isNull, type MapEntry, type MapNode, mapNode, type TreeNode } from "./tree.ts";

/** A project with everything merged that its files bring together. */
export interface LoadedProject {
  readonly root: TreeNode;
  readonly sources: Sources;
  readonly problems: Problems;
  readonly environment: Environment;
  /** How the user would name a file, from its absolute path. */
  readonly uriOf: (path: string) => string;
  /** Services of which something could not be merged in, and why. */
  readonly open: ReadonlyMap<string, string>;
  /** Services of a version 1 file were put under `services`. */
  readonly legacy: boolean;
}

/** What the files of one model share: those of the project, or those of one inclusion. */
interface Model {
  readonly directory: string | undefined;
  readonly environment: Environment;
  /** Absolute paths of the files that led here by `include`. */
  readonly chain: readonly string[];
  /** Files that services extend, by absolute path. */
  readonly extended: Map<string, ReturnType<OpenScope>>;
}

interface ModelFile extends ComposeFile {
  /** Absolute, or the name where that is not known. */
  readonly path: string;
}

/** Sections of a model that an inclusion brings in. */
const IMPORTED = ["services", "volumes", "networks", "secrets", "configs", "models"] as const;

/**
 * Loads the files of a project in the order of compose-go's loader: each document has its variables put in, then its
 * `extends` followed, then its `include`, and is then merged over what came before.
 *
 * @throws {ReadError} when one of the files cannot be read as YAML, or the whole is past a limit.
 */
export function loadProject(files: readonly ComposeFile[], options: ComposeOptions): LoadedProject {
  return new ProjectLoader(files, options).load();
}

class ProjectLoader {
  readonly #files: readonly ModelFile[];
  readonly #options: ComposeOptions;
  readonly #sources = new Sources();
  readonly #problems = new Problems(this.#sources);
  readonly #merger = new Merger(this.#problems, this.#sources);
  readonly #others: OtherFiles;
  readonly #budget: InterpolationBudget = { characters: 0 };
  readonly #open = new Map<string, string>();
  #legacy = false;

  constructor(files: readonly ComposeFile[], options: ComposeOptions) {
    this.#options = options;
    this.#others = new OtherFiles(options, files[0]?.uri ?? "");
    this.#files = files.map((file) => ({ ...file, path: this.#pathOf(file.uri, files[0]?.uri ?? "") }));
  }

  #pathOf(uri: string, first: string): string {
    const { directory } = this.#options;
    return directory === undefined ? uri : posix.join(directory, posix.relative(posix.dirname(first), uri));
  }

  #dotEnvUri(): string {
    const { directory } = this.#options;
    return directory === undefined ? ".env" : this.#others.uriOf(posix.join(directory, ".env"));
  }

  load(): LoadedProject {
    // The main file comes first, so that offsets of a project without other files are those of its text.
    const sources = this.#files.map((file) => this.#sources.add(file.uri, file.text.length, this.#options.directory));
    const { environment, missing } = projectEnvironment(
      this.#options,
      this.#dotEnvUri(),
      this.#sources,
      this.#problems,
    );
    for (const uri of missing) {
      this.#problems.add("error", sources[0]?.base ?? 0, "", MESSAGES.fileMissing(uri));
    }
    const model: Model = {
      directory: this.#options.directory,
      environment,
      chain: this.#files.map((file) => file.path),
      extended: new Map(),
    };
    let root: TreeNode | undefined;
    for (const [index, file] of this.#files.entries()) {
      const source = sources[index];
      for (const document of source === undefined ? [] : this.#documents(file, source, model)) {
        const prepared = this.#prepared(document, file, model, index === 0);
        root = this.#joined(root, prepared);
      }
    }
    return {
      root: this.#merger.bounded<TreeNode>(
        root ?? { kind: "scalar", value: null, text: "", offset: 0, size: 1, depth: 0 },
      ),
      sources: this.#sources,
      problems: this.#problems,
      environment,
      uriOf: (path) => this.#others.uriOf(path),
      open: this.#open,
      legacy: this.#legacy,
    };
  }

  #documents(file: ModelFile, source: ReturnType<Sources["add"]>, model: Model): readonly TreeNode[] {
    this.#merger.notice(file.text);
    const documents = parseYaml(file.text, source);
    const trees = documents.map((document) =>
      resolveDocument(document, source, model.environment, this.#problems, this.#budget),
    );
    const written = trees.filter((tree) => !isNull(tree));
    return written.length > 0 ? written : trees.slice(0, 1);
  }

  #over(base: TreeNode, over: TreeNode): TreeNode {
    if (base.kind === "map" && over.kind === "map") {
      return this.#merger.maps(base, over, [], "base");
    }
    if (over.kind !== "map") {
      throw new ReadError("NOT_THIS_INPUT", MESSAGES.notMapping(), this.#sources.placeOf(over.offset));
    }
    return base;
  }

  /** A document with what it extends and includes. */
  #prepared(tree: TreeNode, file: ModelFile, model: Model, mayBeLegacy: boolean): TreeNode {
    if (tree.kind !== "map") {
      return tree;
    }
    const root = mayBeLegacy ? this.#withServices(tree) : tree;
    const extended = this.#withExtended(root, file, model);
    return this.#withIncluded(extended, model);
  }

  /** The first tree of a model is merged with nothing, each later one over what came before. */
  #joined(base: TreeNode | undefined, over: TreeNode): TreeNode {
    return base === undefined ? (this.#merger.alone(over, []) ?? over) : this.#over(base, over);
  }

  /** A version 1 file has its services at the top. */
  #withServices(root: MapNode): MapNode {
    if (root.entries.has("services") || root.entries.has("include") || !isLegacy(root)) {
      return root;
    }
    this.#legacy = true;
    return mapNode(new Map([["services", { keyOffset: root.offset, value: root }]]), root.offset);
  }

  #withExtended(root: MapNode, file: ModelFile, model: Model): MapNode {
    const services = root.entries.get("services");
    if (services?.value.kind !== "map" || !anyExtends(services.value)) {
      return root;
    }
    const extender = new Extender(this.#merger, this.#problems, this.#sources, (name, directory) =>
      this.#openScope(name, directory, model),
    );
    const scope = scopeOf(file.path, file.uri, services.value);
    const entries = new Map<string, MapEntry>();
    for (const [name, entry] of services.value.entries) {
      const { value, reason } = extender.extend(name, scope);
      if (reason !== undefined) {
        this.#open.set(name, reason);
      }
      entries.set(name, { ...entry, value });
    }
    const extended = this.#merger.bounded(mapNode(entries, services.value.offset));
    return withEntry(root, "services", {
      ...services,
      value: { ...extended, tag: services.value.tag },
    });
  }

  /** The services of a file that is extended; its own `include` is not looked at. */
  #openScope(name: string, directory: string | undefined, model: Model): ReturnType<OpenScope> {
    const path = this.#others.pathOf(name, directory);
    const known = path === undefined ? undefined : model.extended.get(path);
    if (known !== undefined) {
      return known;
    }
    const opened = this.#readScope(name, directory, model);
    if (path !== undefined) {
      model.extended.set(path, opened);
    }
    return opened;
  }

  #readScope(name: string, directory: string | undefined, model: Model): ReturnType<OpenScope> {
    const file = this.#others.read(name, directory);
    if (file.fault !== undefined) {
      return file;
    }
    try {
      const root = this.#mergedDocuments(file, posix.dirname(file.path), model);
      const services = root.kind === "map" ? root.entries.get("services")?.value : undefined;
      if (services?.kind === "map") {
        return scopeOf(file.path, file.uri, services);
      }
      return this.#legacy && root.kind === "map" && isLegacy(root)
        ? scopeOf(file.path, file.uri, root)
        : { fault: MESSAGES.notComposeNamed(name) };
    } catch (error) {
      return { fault: this.#unreadable(error, name) };
    }
  }

  #mergedDocuments(file: ModelFile, directory: string | undefined, model: Model): TreeNode {
    const source = this.#sources.add(file.uri, file.text.length, directory);
    let root: TreeNode | undefined;
    for (const document of this.#documents(file, source, model)) {
      root = this.#joined(root, document);
    }
    return root ?? mapNode(new Map(), source.base);
  }

  /** What is wrong with another file is said at its own place too. */
  #unreadable(error: unknown, name: string): ReturnType<typeof MESSAGES.fileUnreadable> {
    if (!(error instanceof ReadError)) {
      throw error;
    }
    this.#problems.addForeign(problemOf(error));
    return MESSAGES.fileUnreadable(name);
  }

  #withIncluded(root: MapNode, model: Model): MapNode {
    const written = childOf(root, "", "include");
    let whole = root;
    for (const inclusion of written === undefined ? [] : inclusionsOf(written, this.#problems)) {
      const imported = this.#imported(inclusion, model);
      whole = imported?.kind === "map" ? this.#import(whole, imported, inclusion) : whole;
    }
    return whole;
  }

  #imported(inclusion: Inclusion, outer: Model): TreeNode | undefined {
    const { written } = inclusion;
    const refuse = (message: ReturnType<typeof MESSAGES.fileMissing>, offset = written.node.offset): undefined => {
      this.#problems.add("error", offset, written.path, message);
    };
    const unknown = unknownOf(inclusion);
    if (unknown.length > 0) {
      return refuse(MESSAGES.includeUnknown(unknown));
    }
    if (outer.chain.length >= COMPOSE_CHAIN_MAX) {
      return refuse(MESSAGES.chainTooLong("include", COMPOSE_CHAIN_MAX));
    }
    let root: TreeNode | undefined;
    let model: Model | undefined;
    for (const node of inclusion.paths) {
      const file = this.#others.read(node.text, this.#sources.directoryOf(node.offset));
      if (file.fault !== undefined) {
        return refuse(file.fault, node.offset);
      }
      if (outer.chain.includes(file.path) && model === undefined) {
        return refuse(MESSAGES.cycle("include", [...outer.chain, file.path]), node.offset);
      }
      model ??= this.#modelOf(inclusion, file.path, outer);
      try {
        const source = this.#sources.add(file.uri, file.text.length, model.directory);
        for (const document of this.#documents(file, source, model)) {
          const prepared = this.#prepared(document, file, model, false);
          root = this.#joined(root, prepared);
        }
      } catch (error) {
        return refuse(this.#unreadable(error, node.text), node.offset);
      }
    }
    return root;
  }

  #modelOf(inclusion: Inclusion, mainPath: string, outer: Model): Model {
    const written = inclusion.projectDirectory;
    const directory =
      (written && this.#others.pathOf(written.text, this.#sources.directoryOf(written.offset))) ??
      posix.dirname(mainPath);
    return {
      directory,
      environment: includedEnvironment(
        inclusion,
        outer.environment,
        directory,
        this.#others,
        this.#sources,
        this.#problems,
      ),
      chain: [...outer.chain, mainPath],
      extended: new Map(),
    };
  }

  /** Puts what an included model holds beside what the file itself holds; the same name with another content is refused. */
  #import(root: MapNode, imported: MapNode, { written }: Inclusion): MapNode {
    let whole = this.#merger.bounded(root);
    for (const section of IMPORTED) {
      const from = imported.entries.get(section);
      if (from?.value.kind !== "map") {
        continue;
      }
      const to = whole.entries.get(section);
      const entries = new Map(to?.value.kind === "map" ? to.value.entries : []);
      for (const [name, entry] of from.value.entries) {
        const own = entries.get(name);
        if (own !== undefined && !sameTree(own.value, entry.value)) {
          this.#problems.error(written, MESSAGES.includeConflict(section, name));
        }
        entries.set(name, own ?? entry);
      }
      whole = withEntry(whole, section, {
        keyOffset: to?.keyOffset ?? from.keyOffset,
        value: mapNode(entries, (to ?? from).value.offset),
      });
    }
    return whole;
  }
}

function scopeOf(path: string, uri: string, services: MapNode): ExtendScope {
  return { path, uri, services: services.entries, done: new Map() };
}

function withEntry(map: MapNode, key: string, entry: MapEntry): MapNode {
  return { ...mapNode(new Map(map.entries).set(key, entry), map.offset), tag: map.tag };
}

const anyExtends = (services: MapNode): boolean =>
  Array.from(services.entries.values()).some(({ value }) => value.kind === "map" && value.entries.has("extends"));

/** Each service of a version 1 file needs an image or a build, which other YAML files do not have. */
export function isLegacy(root: MapNode): boolean {
  const values = Array.from(root.entries.values(), ({ value }) => value);
  return values.length > 0 && values.every((value) => value.kind === "map" && hasImage(value));
}

const hasImage = ({ entries }: MapNode): boolean => entries.has("image") || entries.has("build");
