import { createHash } from "node:crypto";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/** Shapes of addresses that have no checksum we test, or whose shape is sign enough. */
const SHAPES: readonly RegExp[] = [
  // Monero: standard and integrated addresses and sub-addresses.
  /^[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}$/,
  /^4[0-9AB][1-9A-HJ-NP-Za-km-z]{104}$/,
  // Ethereum and its kin.
  /^0x[0-9a-fA-F]{40}$/,
  // Dero.
  /^dero?[to]?1q[a-z0-9]{50,110}$/,
  // Zephyr, Wownero, Salvium.
  /^(?:ZEPHYR|ZEPHs)[1-9A-HJ-NP-Za-km-z]{90,110}$/,
  /^W[Wo][1-9A-HJ-NP-Za-km-z]{95}$/,
  // Kaspa, Verus, XRP, Tron, Ravencoin, Dogecoin, Litecoin by their letters and lengths.
  /^kaspa:[a-z0-9]{61,63}$/,
  /^R[1-9A-HJ-NP-Za-km-z]{33}$/,
  /^T[1-9A-HJ-NP-Za-km-z]{33}$/,
  /^ltc1[a-z0-9]{25,60}$/,
];

/** The accounts of cryptocurrencies that a text names, and what miners are given as an account. */
export function findWallets(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [token] of text.matchAll(/(?:0x)?(?:kaspa:)?[A-Za-z0-9]{26,120}/g)) {
    if (SHAPES.slice(0, 6).some((shape) => shape.test(token)) || /^kaspa:/.test(token) || isBitcoin(token)) {
      found.add(token);
    }
  }
  // What a miner takes as its account is one, whatever its letters.
  for (const [, value = ""] of text.matchAll(
    /(?:--(?:wallet|user|wallet-address|payment-address)[= ]|(?:^|\s)-(?:u|w)[= ]?|\b(?:WALLET|XMR_ADDRESS|WALLET_ADDRESS|MONERO_ADDRESS|wallet)["']?\s*[=:]\s*["']?)([A-Za-z0-9:]{12,120})(?=$|[\s"'.+/,;])/g,
  )) {
    if (/\d/.test(value) || value.length > 30 || /wallet/i.test(value)) {
      found.add(value);
    }
  }
  return [...found];
}

/** Whether a text is an account of Bitcoin, by its checksum. */
export function isBitcoin(token: string): boolean {
  return /^bc1[02-9ac-hj-np-z]{11,71}$/.test(token)
    ? bech32Fits(token)
    : /^[13][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(token) && base58Fits(token);
}

function base58Fits(token: string): boolean {
  let value = 0n;
  for (const sign of token) {
    value = value * 58n + BigInt(BASE58.indexOf(sign));
  }
  const bytes = Buffer.from(value.toString(16).padStart(50, "0"), "hex");
  if (bytes.length !== 25) {
    return false;
  }
  const once = createHash("sha256").update(bytes.subarray(0, 21)).digest();
  return createHash("sha256").update(once).digest().subarray(0, 4).equals(bytes.subarray(21));
}

/** BIP 173 and 350. */
function bech32Fits(token: string): boolean {
  const at = token.lastIndexOf("1");
  const prefix = [...token.slice(0, at)];
  const data = [...token.slice(at + 1)].map((sign) => BECH32.indexOf(sign));
  const values = [
    ...prefix.map((sign) => sign.charCodeAt(0) >> 5),
    0,
    ...prefix.map((sign) => sign.charCodeAt(0) & 31),
    ...data,
  ];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries()) {
      sum ^= (top >> bit) & 1 ? generator : 0;
    }
  }
  return sum === 1 || sum === 0x2bc830a3;
}
