import { control } from "./control.ts";
import { unusualProcMounts } from "./proc-mount-masked.ts";

/** The parts of /proc that runtimes hide, for pods with users of their own too. */
export const procMountRestricted = control({
  id: "procMount_restricted",
  level: "restricted",
  title: { en: "Masked /proc, without exception", ja: "/proc のマスク(例外なし)" },
  explanation: {
    en: "At the restricted level /proc stays masked even for pods with users of their own.",
    ja: "restricted では、独自のユーザを持つ Pod でも /proc のマスクを外せません。",
  },
  overrides: "procMount",
  versions: [{ from: 35, find: unusualProcMounts }],
  examples: {
    refused: ["{hostUsers: false, containers: [{name: a, image: a, securityContext: {procMount: Unmasked}}]}"],
    allowed: ["{hostUsers: false, containers: [{name: a, image: a, securityContext: {procMount: Default}}]}"],
  },
});
