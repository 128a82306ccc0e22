import { ABSENT, type HostSource } from "./host-source.ts";

/** Options of a kernel build that are `y` or `m`, without `CONFIG_`, and the file that says so. */
export interface KernelConfig {
  readonly options: ReadonlySet<string>;
  readonly path: string;
}

/** /proc/config.gz where the kernel carries its configuration, else the file that distributions put next to it. */
export function readKernelConfig(source: HostSource, release: string | undefined): KernelConfig | undefined {
  const carried = source.gunzipped("/proc/config.gz");
  if (typeof carried === "string") {
    return { options: parseKernelConfig(carried), path: "/proc/config.gz" };
  }
  if (release === undefined || !/^[\w.+~-]+$/.test(release)) {
    return undefined;
  }
  for (const path of [`/boot/config-${release}`, `/lib/modules/${release}/config`]) {
    const text = source.text(path);
    if (text !== ABSENT && text !== undefined) {
      return { options: parseKernelConfig(text), path };
    }
  }
  return undefined;
}

/** Lines `CONFIG_NAME=y`. Numbers and strings are not options that are on or off. */
function parseKernelConfig(text: string): ReadonlySet<string> {
  const options = new Set<string>();
  for (const match of text.matchAll(/^CONFIG_(\w+)=[ym]$/gm)) {
    options.add(match[1] ?? "");
  }
  return options;
}
