/**
 * `sekisho guard prove`: tries what an attacker would try against a policy. Whether a request passes is for the gate's own
 * judge to say; what it would give is for the analyser of `audit`.
 */
import { type Atom, atomsFor, joinAtoms, oneSpelling, pathsFor, volumeOptions } from "./atoms.ts";
import { type Base, basesFor, textsOf } from "./bases.ts";
import { BYSTANDER_VOLUME, BYSTANDERS, bystanderEngine } from "./bystanders.ts";
import { type Proved, type ProveOptions, Search, type State, workloadOf } from "./search.ts";
import { tryVerbs } from "./verbs.ts";

/** Requests that are judged unless somebody says otherwise: some ten seconds. */
export const JUDGED_REQUESTS_DEFAULT = 40_000;

/** Kinds of ordinary requests that atoms are put into, and how many of them may be without a word of an expression. */
const BASES_MAX = 16;
const PLAIN_BASES_MAX = 2;

/** Of these, how many are tried with pairs of atoms where an expression may permit any of them. */
const PAIRED_BASES_MAX = 1;

/** Searches for ways to the host under the rules of one client. */
export async function prove(options: ProveOptions): Promise<Proved> {
  const { rules } = options;
  const start: State = { engine: bystanderEngine(), steps: [], made: "" };
  const search = new Search(options, start.engine);
  const texts = textsOf(rules);
  const permits = rules.rules.some(({ permit }) => permit !== undefined);
  await tryVerbs(search, start);
  await tryBystanders(search, start);
  await tryBuilds(search, start);
  const bases = await allowedBases(search, start, texts);
  const atoms = atomsFor(
    rules,
    texts,
    BYSTANDERS.map(({ name }) => name),
  );
  const left: { readonly base: Base; readonly allowed: readonly Atom[]; readonly others: readonly Atom[] }[] = [];
  for (const [index, base] of bases.entries()) {
    const allowed: Atom[] = [];
    const winning = new Set<Atom>();
    for (const atom of index < PLAIN_BASES_MAX ? atoms : oneSpelling(atoms)) {
      const made = await tryCreate(search, start, base, atom);
      if (made?.won === true) {
        winning.add(atom); // nothing needs to be added to it
      } else if (made !== undefined) {
        allowed.push(atom);
      }
    }
    if (index < PLAIN_BASES_MAX) {
      await tryVolumes(search, start, base, pathsFor(rules, texts));
    }
    left.push({ base, allowed, others: atoms.filter((atom) => !winning.has(atom)) });
  }
  for (const [index, { base, allowed, others }] of left.entries()) {
    await tryOwn(search, start, base, allowed);
    // Rules only add refusals, so two things pass together only if each passes alone, unless an expression permits them.
    await tryPairs(search, start, base, oneSpelling(permits && index < PAIRED_BASES_MAX ? others : allowed));
  }
  return search.result();
}

async function allowedBases(search: Search, start: State, texts: readonly string[]): Promise<readonly Base[]> {
  const allowed: Base[] = [];
  let plain = 0;
  if (!search.options.rules.verbs.has("container.create")) {
    return allowed;
  }
  for (const base of basesFor(search.options.rules, texts)) {
    if (allowed.length >= BASES_MAX) {
      break;
    }
    const text = JSON.stringify(base);
    const isPlain = !texts.some((word) => text.includes(JSON.stringify(word).slice(1, -1)));
    if (isPlain && plain >= PLAIN_BASES_MAX) {
      continue;
    }
    if ((await search.attempt(start, createOf(base, {}))) !== undefined) {
      allowed.push(base);
      plain += isPlain ? 1 : 0;
    }
  }
  return allowed;
}

const createOf = ({ body, name }: Base, atom: Atom) => ({
  method: "POST",
  target: `/containers/create${name === "" ? "" : `?name=${encodeURIComponent(name)}`}`,
  body: { ...body, HostConfig: { ...body.HostConfig, ...atom } },
});

/** Makes a container and starts it: only what runs wins anything. */
async function tryCreate(search: Search, state: State, base: Base, atom: Atom): Promise<State | undefined> {
  const created = await search.attempt(state, createOf(base, atom));
  if (created === undefined) {
    return undefined;
  }
  for (const action of ["start", "restart"]) {
    const started = await search.attempt(created, { method: "POST", target: `/containers/${created.made}/${action}` });
    if (started !== undefined) {
      return { ...started, made: created.made, won: search.controls(started, created.made) };
    }
  }
  return undefined;
}

async function tryPairs(search: Search, start: State, base: Base, atoms: readonly Atom[]): Promise<void> {
  for (const [index, left] of atoms.entries()) {
    for (const right of atoms.slice(index + 1)) {
      await tryCreate(search, start, base, joinAtoms(left, right));
    }
  }
}

/** A volume first, and a container that mounts it. */
async function tryVolumes(search: Search, start: State, base: Base, paths: readonly string[]): Promise<void> {
  const mounts: readonly Atom[] = [
    { Binds: ["proof:/proof"] },
    { Binds: ["proof:/proof:ro"] },
    { Mounts: [{ Type: "volume", Source: "proof", Target: "/proof" }] },
  ];
  for (const DriverOpts of volumeOptions(paths)) {
    const body = { Name: "proof", Driver: "local", DriverOpts };
    const made = await search.attempt(start, { method: "POST", target: "/volumes/create", body });
    for (const mount of made === undefined ? [] : mounts) {
      await tryCreate(search, made as State, base, mount);
    }
  }
  await tryCreate(search, start, base, { Binds: [`${BYSTANDER_VOLUME}:/proof`] });
}

/** What can be made of a container of one's own: a privileged exec, neighbours of it, its image with another user. */
async function tryOwn(search: Search, start: State, base: Base, allowed: readonly Atom[]): Promise<void> {
  for (const atom of [{}, ...allowed]) {
    const own = await tryCreate(search, start, base, atom);
    if (own === undefined) {
      continue;
    }
    const body = { Cmd: ["sh"], User: "0", Privileged: true };
    const exec = await search.attempt(own, { method: "POST", target: `/containers/${own.made}/exec`, body });
    const started =
      exec && (await search.attempt(exec, { method: "POST", target: `/exec/${exec.made}/start`, body: {} }));
    const workload = started?.engine.workload(own.made);
    if (started !== undefined && workload !== undefined) {
      // A privileged process has every capability and no filter; devices stay those of its container.
      search.wins(started, workloadOf({ ...workload.config.HostConfig, Privileged: true }));
    }
    for (const mode of ["PidMode", "IpcMode", "NetworkMode"]) {
      await tryCreate(search, own, base, { [mode]: `container:${own.made}` });
    }
    await tryCreate(search, own, base, { VolumesFrom: [own.made] });
    const image = base.body["Image"];
    const [repo = "", tag = "latest"] = String(image).split(/[:@]/, 2);
    const target = `/commit?container=${own.made}&repo=${encodeURIComponent(repo)}&tag=${encodeURIComponent(tag)}`;
    const committed = await search.attempt(own, { method: "POST", target, body: { User: "0:0" } });
    if (committed !== undefined) {
      await tryCreate(search, committed, base, atom);
    }
  }
}

/** Containers of others, some of which have the host already. */
async function tryBystanders(search: Search, start: State): Promise<void> {
  const reads = (gain: string) => gain.startsWith("host-file-read") || gain === "cred-theft";
  for (const { name } of BYSTANDERS) {
    const at = `/containers/${name}`;
    const exec = await search.attempt(start, {
      method: "POST",
      target: `${at}/exec`,
      body: { Cmd: ["sh"], User: "0" },
    });
    const run = exec && (await search.attempt(exec, { method: "POST", target: `/exec/${exec.made}/start`, body: {} }));
    const attached = await search.attempt(start, { method: "POST", target: `${at}/attach?stream=1&stdin=1` });
    const written = await search.attempt(start, { method: "PUT", target: `${at}/archive?path=%2F`, streamed: true });
    for (const state of [run, attached, written]) {
      if (state !== undefined) {
        search.controls(state, name);
      }
    }
    const read = await search.attempt(start, { method: "GET", target: `${at}/archive?path=%2F` });
    if (read !== undefined) {
      search.controls(read, name, reads);
    }
  }
}

/** A build's steps run as containers with what its parameters say. */
async function tryBuilds(search: Search, start: State): Promise<void> {
  const builds = [
    [{ networkmode: "host" }, { NetworkMode: "host" }],
    [{ securityopt: JSON.stringify(["seccomp=unconfined"]) }, { SecurityOpt: ["seccomp=unconfined"] }],
    [{ securityopt: JSON.stringify(["apparmor=unconfined"]) }, { SecurityOpt: ["apparmor=unconfined"] }],
    [{ cgroupparent: "/" }, { CgroupParent: "/" }],
  ] as const;
  for (const [parameters, config] of builds) {
    const target = `/build?${new URLSearchParams(parameters)}`;
    const built = await search.attempt(start, { method: "POST", target, streamed: true });
    if (built !== undefined) {
      search.wins(built, workloadOf(config as object));
    }
  }
}
