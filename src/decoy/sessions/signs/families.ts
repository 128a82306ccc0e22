import type { Scene, SceneRule, Sign } from "./sign.ts";

/**
 * Campaigns against engine APIs and the marks that published reports name, with the ATT&CK techniques that those reports
 * tell of. A mark is a name that its authors chose: it says who it probably is, not what was seen. Sources by year in
 * docs/decoy/families.md.
 */
interface Family {
  readonly name: string;
  readonly years: string;
  readonly marks: RegExp;
  readonly attack: readonly string[];
  /** How much the mark alone speaks for an attack. */
  readonly weight: number;
}

const FAMILIES: readonly Family[] = [
  {
    name: "Kinsing",
    years: "2020-",
    marks: /\bkinsing\b|\bkdevtmpfsi\b|\/d\.sh\b.*\b(?:cron|sh)\b/,
    attack: ["T1496", "T1053.003"],
    weight: 60,
  },
  {
    name: "TeamTNT",
    years: "2020-2022",
    marks:
      /teamtnt|borg\.wtf|chimaera\.cc|\balpineos\b|\/(?:aws|aws2)\.sh\b|\bhildegard\b|\btntrecht\b|dockgeddon|sugarcrp|\/root\/init\.sh\b|\/root\/dockerd\b/i,
    attack: ["T1496", "T1552.001", "T1204.003"],
    weight: 45,
  },
  {
    name: "WatchDog",
    years: "2019-",
    marks: /\/cronb\.sh|\bcronscan\b|\/etc\/cron\.d\/zzh\b|\bzzh\b|\bcd1\b.*\bwd1\b|oracle\.zzhreceive/,
    attack: ["T1496", "T1053.003", "T1036.003"],
    weight: 60,
  },
  {
    name: "Commando Cat",
    years: "2024-",
    marks: /cmd\.cat\/|cmdcat|\/(?:tshd|gsc|user)\.sh\b.*\bchroot\b|\bchroot \/hs\b/,
    attack: ["T1496", "T1136.001", "T1204.003"],
    weight: 55,
  },
  {
    name: "Doki / Ngrok",
    years: "2018-2020",
    marks: /\.ngrok\.io\b.*\/tmp\/|\/f\/serve\?l=|\btmpXXX\w*/,
    attack: ["T1568.002", "T1053.003"],
    weight: 55,
  },
  { name: "9hits", years: "2024", marks: /\b9hits/i, attack: ["T1496", "T1204.003"], weight: 80 },
  {
    name: "Graboid",
    years: "2019",
    marks: /\bpocosow\/|gakeaws\/nginx|graboid/i,
    attack: ["T1496", "T1204.003", "T1036.005"],
    weight: 80,
  },
  {
    name: "zoolu2",
    years: "2019",
    marks: /\bzoolu2\b|\/toor\/run\.sh\b/,
    attack: ["T1496", "T1596.005", "T1204.003"],
    weight: 70,
  },
  {
    name: "look-alike images of 2020 (alpine2)",
    years: "2020",
    marks: /\/alpine2\b|\balpinedos\b/i,
    attack: ["T1496", "T1046", "T1036.005"],
    weight: 50,
  },
  {
    name: "Autom",
    years: "2019-2021",
    marks: /\bautom\.sh\b|\/autom\b|whatwill\.sh|jquery\.sh\b/,
    attack: ["T1496", "T1136.001", "T1548.003", "T1053.003"],
    weight: 60,
  },
  {
    name: "Spinning YARN",
    years: "2024",
    marks: /\bvurl\b|\b(?:b\.)?9-9-8\.com\b|\bchkstart\b|\bd\/(?:ar|nu|c|h)\.sh\b/,
    attack: ["T1496", "T1053.003", "T1543.002", "T1036.005"],
    weight: 60,
  },
  {
    name: "perfctl",
    years: "2021-",
    marks: /\bperfctl\b|\bperfcc\b|\bkube-edagent\b|\bwizlmsh\b|avatar\.php/,
    attack: ["T1496", "T1036.005", "T1090.003"],
    weight: 60,
  },
  { name: "OracleIV", years: "2023", marks: /oracleiv/i, attack: ["T1498", "T1204.003", "T1496"], weight: 70 },
  {
    name: "Kaiji",
    years: "2020-",
    marks: /\bkaiji\b|\/linux_(?:386|amd64|arm\d?|arm64|mips\w*|ppc64\w*)\b/i,
    attack: ["T1498", "T1105"],
    weight: 45,
  },
  {
    name: "XORDDoS",
    years: "2014-",
    marks: /\bxor\.?ddos\b|\/lib\/libudev4?\.so|\/etc\/cron\.hourly\/(?:gcc|cron|udev)\.sh/i,
    attack: ["T1498", "T1053.003"],
    weight: 60,
  },
  {
    name: "AESDDoS (Dofloo)",
    years: "2018-2019",
    marks: /\bdofloo\b|\baesddos\b|mr\.black/i,
    attack: ["T1498", "T1496"],
    weight: 60,
  },
  {
    name: "Dero worm",
    years: "2025",
    marks: /\bdero(?:hub|1q|_node|d)\w*|\/usr\/bin\/cloud\b|version\.dat\b.*\b(?:nginx|cloud)\b/i,
    attack: ["T1496", "T1046", "T1036.005"],
    weight: 55,
  },
  {
    name: "miner over Tor",
    years: "2025",
    marks: /\bdocker-init\.sh\b|\.onion\b.*\bhostroot\b/,
    attack: ["T1496", "T1090.003", "T1098.004", "T1562.004"],
    weight: 50,
  },
  { name: "SRBMiner over gRPC", years: "2024", marks: /srbminer/i, attack: ["T1496", "T1612"], weight: 80 },
  {
    name: "TeamPCP / CanisterWorm",
    years: "2026",
    marks: /\bhost-provisioner\b|\bteampcp\b|\bcanister-?worm\b|\bproxy\.sh\b.*\bchroot\b|\bchroot\b.*\bproxy\.sh\b/i,
    attack: ["T1021.004", "T1090", "T1496"],
    weight: 55,
  },
  {
    name: "Swarm hijack",
    years: "2024",
    marks: /spread_docker_local|spread_ssh\.sh|kube\.lateral\.sh|setup_mr\.sh|\btdgg(?:init)?\b/i,
    attack: ["T1496", "T1021.004", "T1046"],
    weight: 70,
  },
  { name: "Cetus", years: "2020", marks: /\bdocker-cache\b|\bcetus\b/i, attack: ["T1496", "T1036.005"], weight: 45 },
  {
    name: "Silentbob",
    years: "2023",
    marks: /\bshanidmk\/|silentbob|\banondns\.net\b|\bjltest2\b|\bsysapp\b/i,
    attack: ["T1496", "T1204.003", "T1552.001"],
    weight: 60,
  },
  {
    name: "LemonDuck",
    years: "2019-",
    marks: /lemon_?duck|\bt\.m7n0y\.com\b|core\.png\b.*\bsh\b/i,
    attack: ["T1496", "T1053.003"],
    weight: 60,
  },
  {
    name: "Muhstik",
    years: "2018-",
    marks: /\bmuhstik\b|\bpty3\b|\/pty\d+\b/i,
    attack: ["T1498", "T1496"],
    weight: 60,
  },
  {
    name: "Mirai and its kin",
    years: "2016-",
    marks:
      /\bmirai\b|\bgafgyt\b|\bbins\.sh\b|\/bins\/|\b(?:mips|mpsl|arm[567]|sh4|x86)\.(?:bot|mirai)\b|\/(?:mirai|hakai|condi)\.\w+/i,
    attack: ["T1498", "T1105"],
    weight: 60,
  },
  { name: "auto.sh miners", years: "2018", marks: /\/auto\.sh\b/, attack: ["T1496", "T1105"], weight: 45 },
  {
    name: "traffic sellers",
    years: "2022-",
    marks: /traffmonetizer|peer2profit|honeygain|earnapp|proxyrack|packetstream/i,
    attack: ["T1496"],
    weight: 70,
  },
  { name: "gs-netcat", years: "2021-", marks: /\bgsocket\.io\b|\bgs-netcat\b|gsocket/i, attack: ["T1219"], weight: 60 },
  {
    name: "P2PInfect, Skidmap and Migo",
    years: "2023-",
    marks: /\bp2pinfect\b|\bskidmap\b|\bmigo\b.*\bredis\b/i,
    attack: ["T1496", "T1014"],
    weight: 60,
  },
];

/** Marks of campaigns that reports have described. */
export const FAMILY_RULE: SceneRule = {
  id: "known-campaign",
  find: (scene) =>
    FAMILIES.flatMap((family): Omit<Sign, "rule">[] => {
      const hit = textsOf(scene).find(({ text }) => family.marks.test(text));
      if (hit === undefined) {
        return [];
      }
      return [
        {
          attack: family.attack,
          weight: family.weight,
          basis: "reported",
          because: {
            en: `A mark of ${family.name} (${family.years}); reports tell what it does next`,
            ja: `${family.name} (${family.years}) の特徴です。その後の動きは公開された報告によります`,
          },
          request: hit.request,
          quote: family.marks.exec(hit.text)?.[0] ?? "",
        },
      ];
    }),
};

/** Most characters of one text in which marks are looked for. */
const MARK_TEXT_CHARACTERS_MAX = 32_768;

function textsOf(scene: Scene): readonly { readonly request: number; readonly text: string }[] {
  const texts = scene.acts.map(({ request, argv, kind, query }) => ({
    request: request.number,
    text: [
      ...(kind === "create-container" || kind === "pull-image"
        ? [query.get("name") ?? "", query.get("fromImage") ?? ""]
        : []),
      ...(kind === "create-container" ? [imageOf(scene, request.number)] : []),
      argv.join(" "),
    ].join(" "),
  }));
  const payloads = scene.payloads.map(({ act, text }) => ({ request: act.request.number, text }));
  const files = scene.acts.flatMap(({ request, archive }) =>
    archive.map(({ path }) => ({ request: request.number, text: `/${path.replace(/^\.?\//, "")}` })),
  );
  const commands = scene.deeds.map(({ act, command }) => ({
    request: act.request.number,
    text: command.argv.join(" "),
  }));
  return [...texts, ...payloads, ...commands, ...files].map(({ request, text }) => ({
    request,
    text: text.slice(0, MARK_TEXT_CHARACTERS_MAX).replaceAll("\n", " "),
  }));
}

const imageOf = (scene: Scene, request: number): string =>
  scene.containers.find(({ container }) => container.request?.number === request)?.container.image ?? "";
