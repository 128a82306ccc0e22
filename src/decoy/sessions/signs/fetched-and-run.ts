import type { Deed } from "../deeds.ts";
import { SHELLS } from "../shell/index.ts";
import { addressesIn, fetches, fromKnownInstaller } from "./network-commands.ts";
import { optionValues } from "./paths.ts";
import type { SceneRule, Sign } from "./sign.ts";

/** A file that one command fetches and a later one runs. */
export const FETCHED_AND_RUN: SceneRule = {
  id: "fetched-and-run",
  find: ({ deeds }) => {
    const fetched = new Set<string>();
    const signs: Omit<Sign, "rule">[] = [];
    for (const deed of deeds) {
      if (fetches(deed) && !fromKnownInstaller(deed)) {
        for (const name of namesOf(deed)) {
          fetched.add(name);
        }
      }
      const program = programOf(deed);
      if (program !== undefined && fetched.delete(program)) {
        signs.push({
          attack: ["T1105", "T1059.004"],
          weight: deed.role === "build" ? 25 : 55,
          basis: deed.command.context.inComment ? "likely" : "observed",
          because: {
            en: "A file was to be fetched from the network and run",
            ja: "ネットワークから取得したファイルを実行させようとしました",
          },
          request: deed.act.request.number,
          quote: deed.command.source,
        });
      }
    }
    return signs;
  },
};

/** File names under which something is kept that a command fetches. */
function namesOf(deed: Deed): readonly string[] {
  const { argv, writes } = deed.command;
  const named = [
    ...optionValues(argv, /^(?:-[a-zA-Z]*[oO]|--output(?:-document)?)$/),
    ...writes.map(({ path }) => path),
  ];
  const fromAddress = addressesIn(deed).map((address) => address.replace(/[?#].*$/s, ""));
  return [...named, ...fromAddress].map(baseName).filter((name) => name !== "" && name !== "-");
}

/** The file that a command runs by its path; `undefined` for a command that is found on the search path. */
function programOf({ command: { argv, name } }: Deed): string | undefined {
  const first = argv[0] ?? "";
  if (SHELLS.has(name) || /^(?:python|perl|php|ruby)[\d.]*$/.test(name) || name === "." || name === "source") {
    const script = argv.slice(1).find((word) => !word.startsWith("-"));
    return script === undefined || argv.includes("-c") ? undefined : baseName(script);
  }
  return first.includes("/") ? baseName(first) : undefined;
}

const baseName = (path: string): string => path.split("/").at(-1) ?? "";
