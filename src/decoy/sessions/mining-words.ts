/** Programs that mine. */
export const MINER_NAME =
  /^(?:xmrig\S*|xmr-?stak\S*|minerd|cpuminer\S*|ccminer\S*|bfgminer|cgminer|ethminer|t-rex|lolminer|nbminer|phoenixminer|srbminer\S*|nanominer|teamredminer|bzminer|rigel|gminer|astrominer|derod|dero-?miner\S*|verus-?(?:solver|miner)|ccminer-verus|nheqminer|claymore\S*|kdevtmpfsi|kinsing|sysrv\S*|moneroocean\S*|cnrig|xmrig-proxy|p2pool|wildrig\S*|tnn-miner|hellminer|onezerominer|randomx-\S+|javupdates|trace|zzh)$/i;

/** Words on a command line that only miners take. */
export const MINING_FLAGS =
  /--(?:donate-level|donate-over-proxy|randomx-\S+|cpu-max-threads-hint|cpu-priority|nicehash|rig-id|coin[= ](?:monero|xmr|wow|dero|rvn|etc)|algo(?:rithm)?[= ](?:rx|cn|kawpow|ethash|verushash|ghostrider|panthera|randomx|argon2|yespower|autolykos|etchash|kheavyhash|astrobwt|minotaurx|cryptonight)\S*|wallet[= ]\S{10,}|daemon-rpc-address|mining-threads)|\s-a\s(?:rx\/|cn\/|kawpow|randomx|cryptonight|verushash|ghostrider|astrobwt|yespower|ethash)\S*|\s-o\s+(?:stratum\S*|\S+:(?:3333|4444|5555|7777|8888|9999|1[04]\d{3}|2\d{4}|3\d{4}|443|80))\s.*-u\s/i;

/** Addresses of pools. */
export const POOL =
  /stratum\d?(?:\+(?:tcp|ssl|tls|udp))?:\/\/|\b(?:[\w-]+\.)*(?:minexmr|supportxmr|nanopool|moneroocean|c3pool|hashvault|2miners|f2pool|herominers|unmineable|nicehash|zergpool|rplant|xmrpool|monerohash|dwarfpool|crypto-pool|minergate|poolto|ethermine|hiveon|flexpool|woolypooly|antpool|viabtc|pool-moscow|dero-?node|miningocean|skypool|xmr\.pt|prohashing|luckypool|fairpool|kryptex|volt-mine|auroramine|vipor|mining-dutch|monerod?\.pool|xmrfast|gulf\.moneroocean)(?:\.[a-z]{2,}){1,2}\b|\b(?:xmr|monero|pool|mine|mining|stratum|eth|etc|rvn|dero)[\w-]*(?:\.[a-z0-9-]+)+:(?:\d{2,5})\b/i;

/** Words in image names that say what is in the image. */
export const MINING_IMAGE =
  /xmr(?:ig|-?stak)?|monero|miner(?!al)|mining|cryptonight|randomx|srbminer|lolminer|dero(?:hash|d)?\b|ethash|hashvault|nicehash|9hits|traffmonetizer|honeygain|earnapp|peer2profit|packetstream|pawns|proxyrack|bitping|repocket|traffic-?exchange/i;
