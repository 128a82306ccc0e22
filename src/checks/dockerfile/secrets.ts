import type { DockerfileInstruction } from "../../facts/index.ts";

const NAME =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|SECRETS|TOKEN|APIKEY|API_KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|AUTH_KEY|ENCRYPTION_KEY|CREDENTIALS?)(?:_\d+|_BASE64)?$/i;

/** Values that are secrets by their shape: AWS, GitHub, GitLab, Slack, Stripe, Google, npm, a JSON web token, a private key. */
const SHAPES =
  /^(?:AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|sk_live_\w{16,}|AIza[\w-]{35}|npm_\w{36}|eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*)$|-----BEGIN [A-Z ]*PRIVATE KEY/;

/** Words that stand where a secret would be and are none. */
const NOTHING = /^(?:|true|false|yes|no|none|null|nil|0|1|changeme-at-runtime|\*+|<[^>]*>)$/i;

/** Whether a variable's name says that it holds a secret itself, not a path or a name of one. */
export const isSecretName = (name: string): boolean => NAME.test(name) && !/^(?:OLD)?PWD$/i.test(name);

/** Whether a variable holds a secret: by its name with a value that is written out, or by the value's shape. */
export function isSecret(name: string, value: string): boolean {
  const bare = value.replace(/^(["'])(.*)\1$/s, "$2");
  return (
    SHAPES.test(bare) || (isSecretName(name) && !NOTHING.test(bare) && !bare.includes("$") && !bare.startsWith("/"))
  );
}

/** Whether a file's name is that of a private key or of stored credentials. */
export const isCredentialFile = (path: string): boolean =>
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|[\w.-]+_rsa|\.netrc|\.git-credentials|\.pgpass|\.htpasswd|\.npmrc|\.pypirc|\.dockercfg|\.docker\/config\.json|\.aws\/credentials|\.kube\/config|kubeconfig|[\w.-]+\.(?:p12|pfx|jks|keystore|kdbx)|(?:server|tls|private|client|ssl)[\w.-]*\.key)$/.test(
    path,
  );

/** Where the secrets of a RUN are mounted. */
export const targetsOf = (flags: DockerfileInstruction["flags"]): readonly string[] =>
  flags
    .filter(({ name, value }) => name === "mount" && /(?:^|,)type=secret(?:,|$)/.test(value))
    .map(({ value }) => {
      const field = (name: string) => new RegExp(`(?:^|,)${name}=([^,]*)`).exec(value)?.[1];
      return field("target") ?? field("dst") ?? field("destination") ?? `/run/secrets/${field("id") ?? ""}`;
    });

/** Whether a command copies a mounted secret into a file that stays. */
export function keepsSecret(words: readonly string[], targets: readonly string[]): boolean {
  const source = words.findIndex((word, index) => index > 0 && targets.includes(word));
  if (source < 0) {
    return false;
  }
  const program = words[0]?.split("/").at(-1) ?? "";
  const redirected = words.some((word) => /^>{1,2}(?!&)/.test(word) && !/^>{1,2}\/(?:dev|tmp)\//.test(word));
  return (
    (["cp", "install", "mv", "ln"].includes(program) && source < words.length - 1) || (program === "cat" && redirected)
  );
}
