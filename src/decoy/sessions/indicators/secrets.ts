/** Keys of SSH as they stand in authorized_keys, with their remark. */
export function findSshKeys(text: string): readonly string[] {
  const pattern =
    /(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)\s+AAAA[A-Za-z0-9+/]*={0,3}(?:[ \t]+[^\n"'\\;|>&`]{1,200})?/g;
  return [...text.matchAll(pattern)].map(([key]) => key.trim());
}

/** Addresses of electronic mail. */
export function findEmails(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\w./:+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])/g)]
    .map(([mail]) => mail)
    .filter(
      (mail) => !/^(?:git|root)@|@(?:openssh\.com|libssh\.org|localhost)|\.(?:service|socket|timer|target)$/.test(mail),
    );
}

const TOKENS: readonly RegExp[] = [
  /\bSWMTKN-[A-Za-z0-9-]{4,200}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{30,255}\b/g,
  /\bglpat-[A-Za-z0-9_-]{20,}\b/g,
  /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}\b/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/g,
  /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\b/g,
];

const FLAG =
  /(?:^|\s)--?(?:token|auth-?token|authtoken|api-?key|apikey|password|passwd|secret|access-?key|license|email-?token|claim|device|tok|cdn-token|account)(?:[= ]+)["']?([^\s"']{6,200})/gi;

/** Tokens and passwords in a text: those with a known shape, and what options with a telling name are given. */
export function findTokens(text: string): readonly string[] {
  const found = new Set<string>();
  for (const pattern of TOKENS) {
    for (const [token] of text.matchAll(pattern)) {
      found.add(token);
    }
  }
  for (const [, value = ""] of text.matchAll(FLAG)) {
    if (!/^[-$<{@/]/.test(value)) {
      found.add(value);
    }
  }
  for (const [, value = ""] of text.matchAll(
    /\b(?:sshpass\s+-p\s*|ngrok\s+(?:config\s+add-)?auth-?token\s+|earnapp\s+register\s+)["']?([^\s"']{4,200})/g,
  )) {
    found.add(value);
  }
  for (const [, account = ""] of text.matchAll(/\b[a-z][a-z0-9+]*:\/\/([^/\s:@]{1,100}:[^/\s@]{1,200})@/gi)) {
    found.add(account);
  }
  return [...found];
}

/** A variable of the environment whose name says that its value is secret. */
export function secretOfVariable(entry: string): string | undefined {
  const [, name = "", value = ""] = /^([A-Za-z_]\w*)=([\s\S]{6,400})$/.exec(entry) ?? [];
  return /(?:TOKEN|PASSW(?:OR)?D|SECRET|API_?KEY|ACCESS_KEY|CREDENTIALS?|AUTH|UUID|LICENSE)$/i.test(name) &&
    !/^\$|^\//.test(value)
    ? value
    : undefined;
}
