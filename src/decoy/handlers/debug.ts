/** `/debug`: served by 20.10 without being asked to, and gone from the newer engines. */

import { encodeJson } from "../state/go-json.ts";
import { isUp } from "../state/lifecycle.ts";
import { Random } from "../state/random.ts";
import { type Context, text } from "./context.ts";

const COMMAND_LINE = [
  "/usr/sbin/dockerd",
  "-H",
  "tcp://0.0.0.0:2375",
  "-H",
  "fd://",
  "--containerd=/run/containerd/containerd.sock",
];

const PROFILES = [
  ["allocs", "A sampling of all past memory allocations"],
  ["block", "Stack traces that led to blocking on synchronization primitives"],
  ["cmdline", "The command line invocation of the current program"],
  ["goroutine", "Stack traces of all current goroutines"],
  [
    "heap",
    "A sampling of memory allocations of live objects. You can specify the gc GET parameter to run GC before taking the heap sample.",
  ],
  ["mutex", "Stack traces of holders of contended mutexes"],
  [
    "profile",
    "CPU profile. You can specify the duration in the seconds GET parameter. After you get the profile file, use the go tool pprof command to investigate the profile.",
  ],
  ["threadcreate", "Stack traces that led to the creation of new OS threads"],
  [
    "trace",
    "A trace of execution of the current program. You can specify the duration in the seconds GET parameter. After you get the trace file, use the go tool trace command to investigate the trace.",
  ],
] as const;

/** `/debug/vars`, `/debug/pprof/…`. False: there is no such page. */
export function debugHandler(context: Context, path: string): boolean {
  if (path === "/debug/vars") {
    vars(context);
    return true;
  }
  const profile = path.startsWith("/debug/pprof/") ? path.slice("/debug/pprof/".length) : undefined;
  if (profile === undefined) {
    return false;
  }
  context.response.header("X-Content-Type-Options", "nosniff");
  if (profile === "cmdline") {
    text(context, 200, "text/plain; charset=utf-8", COMMAND_LINE.join("\0"));
  } else if (profile === "") {
    index(context);
  } else if (PROFILES.some(([name]) => name === profile)) {
    context.response.header("Content-Disposition", `attachment; filename="${profile}"`);
    context.response.header("Content-Type", "application/octet-stream");
    const random = new Random("profile", context.engine.machine.seed, profile);
    context.response.write(
      Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff]), Buffer.from(random.hex(1400), "hex")]),
    );
  } else {
    context.response.header("X-Go-Pprof", "1");
    text(context, 404, "text/plain; charset=utf-8", "Unknown profile\n");
  }
  return true;
}

function index(context: Context): void {
  const { engine } = context;
  const goroutines = 38 + [...engine.containers.values()].filter(isUp).length * 8;
  const counts: Readonly<Record<string, number>> = {
    allocs: 2438,
    heap: 2438,
    goroutine: goroutines,
    threadcreate: 23,
  };
  const rows = PROFILES.map(
    ([name]) => `<tr><td>${counts[name] ?? 0}</td><td><a href='${name}?debug=1'>${name}</a></td></tr>\n`,
  ).join("");
  const descriptions = PROFILES.map(
    ([name, description]) => `<li><div class=profile-name>${name}: </div> ${description}</li>\n`,
  ).join("");
  text(
    context,
    200,
    "text/html; charset=utf-8",
    `<html>\n<head>\n<title>/debug/pprof/</title>\n<style>\n.profile-name{\n\tdisplay:inline-block;\n\twidth:6rem;\n}\n</style>\n</head>\n<body>\n/debug/pprof/<br>\n<br>\nTypes of profiles available:\n<table>\n<thead><td>Count</td><td>Profile</td></thead>\n${rows}</table>\n<a href="goroutine?debug=2">full goroutine stack dump</a>\n<br>\n<p>\nProfile Descriptions:\n<ul>\n${descriptions}</ul>\n</p>\n</body>\n</html>`,
  );
}

/** `expvar`: the command line and the memory of the process. */
function vars(context: Context): void {
  const random = new Random("memory", context.engine.machine.seed, Math.floor(Date.now() / 60_000));
  const alloc = random.between(18_000_000, 34_000_000);
  const memory = {
    Alloc: alloc,
    TotalAlloc: alloc * random.between(200, 400),
    Sys: 96_452_888,
    Lookups: 0,
    Mallocs: random.between(70_000_000, 90_000_000),
    Frees: random.between(60_000_000, 70_000_000),
    HeapAlloc: alloc,
    HeapSys: 76_840_960,
    HeapIdle: 40_198_144,
    HeapInuse: 36_642_816,
    HeapReleased: 33_742_848,
    HeapObjects: random.between(150_000, 260_000),
    StackInuse: 2_850_816,
    StackSys: 2_850_816,
    MSpanInuse: 540_864,
    MSpanSys: 1_008_864,
    MCacheInuse: 2400,
    MCacheSys: 15_600,
    BuckHashSys: 2_261_780,
    GCSys: 12_799_120,
    OtherSys: 675_748,
    NextGC: 40_562_704,
    LastGC: BigInt(Date.now()) * 1_000_000n,
    PauseTotalNs: 762_597_713,
    PauseNs: Array.from({ length: 256 }, () => random.between(40_000, 400_000)),
    PauseEnd: Array.from({ length: 256 }, () => BigInt(Date.now() - random.below(9_000_000)) * 1_000_000n),
    NumGC: random.between(2000, 9000),
    NumForcedGC: 0,
    GCCPUFraction: 0.0000412,
    EnableGC: true,
    DebugGC: false,
    BySize: Array.from({ length: 61 }, (_, step) => ({
      Size: step * 16,
      Mallocs: random.below(90_000),
      Frees: random.below(80_000),
    })),
  };
  const { response } = context;
  response.header("Content-Type", "application/json; charset=utf-8");
  response.writeHead(200);
  response.write(`{\n"cmdline": ${encodeJson(COMMAND_LINE)}`);
  response.write(",\n");
  response.write(`"memstats": ${encodeJson(memory)}`);
  response.write("\n}\n");
}
