/**
 * The commands that are sent to the server: one short Lua script for each operation, so that each is atomic,
 * whichever host asks.
 *
 * A table is a hash of values (`i12` an integer, `stext` a text) and a sorted set of the keys that expire. The
 * server's own expiry is not used, since it tells nobody which keys expired, and hash tables need to know.
 *
 * @module
 */
import { createHash } from 'node:crypto';

/** A script, and the name that the server keeps it by. */
export interface Script {
	readonly source: string;
	readonly sha: string;
}

function script(body: string): Script {
	return { source: body, sha: createHash('sha1').update(body).digest('hex') };
}

/** KEYS: values, expiries. ARGV: the key, the time. */
function onTable(body: string): Script {
	return script(`
local h, x, k, now = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])
local function text(n) return string.format('%.0f', n) end
local function live(key)
	local v = redis.call('HGET', h, key)
	if not v then return nil end
	local e = tonumber(redis.call('ZSCORE', x, key) or 0)
	if e ~= 0 and e <= now then return nil end
	return v, e
end
local function put(key, v, e)
	redis.call('HSET', h, key, v)
	if e == 0 then redis.call('ZREM', x, key) else redis.call('ZADD', x, text(e), key) end
end
local function drop(key)
	redis.call('HDEL', h, key)
	redis.call('ZREM', x, key)
end
${body}`);
}

/** The operations of a table. */
export const TABLE = {
	get: onTable(`
local v, e = live(k)
if not v then return false end
return {v, text(e)}`),
	set: onTable(`
local e = tonumber(ARGV[4])
if ARGV[5] == '1' then
	local v, old = live(k)
	if v then e = old end
end
put(k, ARGV[3], e)
return 1`),
	declare: onTable(`
if live(k) then return 0 end
put(k, ARGV[3], tonumber(ARGV[4]))
return 1`),
	increment: onTable(`
local v, e = live(k)
local n
if v then
	if string.sub(v, 1, 1) ~= 'i' then return false end
	n = tonumber(string.sub(v, 2))
else
	if ARGV[6] == '' then return false end
	n = tonumber(ARGV[6])
end
n = math.max(-9007199254740991, math.min(9007199254740991, n + tonumber(ARGV[3])))
if not (v and ARGV[5] == '1') then e = tonumber(ARGV[4]) end
put(k, 'i' .. text(n), e)
return text(n)`),
	expire: onTable(`
local v = live(k)
if not v then return 0 end
put(k, v, tonumber(ARGV[3]))
return 1`),
	delete: onTable(`
if not live(k) then return 0 end
drop(k)
return 1`),
	deleteSame: onTable(`
if redis.call('HGET', h, k) ~= ARGV[3] then return 0 end
if tonumber(redis.call('ZSCORE', x, k) or 0) ~= tonumber(ARGV[4]) then return 0 end
drop(k)
return 1`),
	/** ARGV[3]: the cursor. Gives the next, then key, value and expiry of each; no value where they are many bytes. */
	items: onTable(`
local found = redis.call('HSCAN', h, ARGV[3], 'COUNT', 200)
local out, bytes = {found[1]}, 0
for i = 1, #found[2], 2 do
	local key, v = found[2][i], found[2][i + 1]
	local e = tonumber(redis.call('ZSCORE', x, key) or 0)
	if e == 0 or e > now then
		bytes = bytes + #key + #v
		out[#out + 1] = key
		out[#out + 1] = bytes < 1048576 and v or false
		out[#out + 1] = text(e)
	end
end
return out`),
	/** ARGV[3]: how many. */
	takeExpired: onTable(`
local out, bytes = {}, 0
for _, key in ipairs(redis.call('ZRANGEBYSCORE', x, '-inf', text(now), 'LIMIT', 0, ARGV[3])) do
	local v = redis.call('HGET', h, key)
	bytes = bytes + #key + #(v or '')
	if bytes > 4194304 and #out > 0 then break end
	out[#out + 1] = key
	out[#out + 1] = v or 's'
	out[#out + 1] = redis.call('ZSCORE', x, key)
	drop(key)
end
return out`),
} as const;

/**
 * The operations of a queue. KEYS: the order, the values, the last number. An entry's member in the order is its key where
 * keys are unique, and its number where they are not; so taking one's place is moving to the end.
 */
export const QUEUE = {
	/** ARGV: key, value, size, mode (both, keep-old, keep-new). */
	add: script(`
local order, values = KEYS[1], KEYS[2]
local member = ARGV[1]
local n = redis.call('INCR', KEYS[3])
if ARGV[4] == 'both' then member = string.format('%.0f', n)
elseif ARGV[4] == 'keep-old' and redis.call('ZSCORE', order, member) then return 0 end
redis.call('ZADD', order, n, member)
redis.call('HSET', values, member, string.format('%d:', #ARGV[1]) .. ARGV[1] .. ARGV[2])
local size = tonumber(ARGV[3])
if size > 0 then
	for _ = size + 1, redis.call('ZCARD', order) do
		redis.call('HDEL', values, redis.call('ZPOPMIN', order)[1])
	end
end
return 1`),
	take: script(`
local first = redis.call('ZPOPMIN', KEYS[1])[1]
if not first then return false end
local v = redis.call('HGET', KEYS[2], first)
redis.call('HDEL', KEYS[2], first)
return v`),
} as const;

/** KEYS: the hosts, by when they were last heard of; the once-table. ARGV: host, time, time of the oldest that lives. */
export const BEGIN = script(`
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
local alone = redis.call('ZCARD', KEYS[1]) == 0
if alone then redis.call('DEL', KEYS[2]) end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
return alone and 1 or 0`);

/** KEYS: any number. The bytes that they take up; hashes and sets are estimated by a few of their members. */
export const BYTES = script(`
local bytes = 0
for _, key in ipairs(KEYS) do bytes = bytes + (redis.call('MEMORY', 'USAGE', key) or 0) end
return bytes`);
