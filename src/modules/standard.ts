/**
 * The modules that ship, in the order they are loaded.
 *
 * @module
 */
import type { KemiModule } from '../kemi/module.ts';
import { appJsdt, appLua } from './app-engines.ts';
import { async } from './async.ts';
import { auth } from './auth.ts';
import { authDb } from './auth-db.ts';
import { authEphemeral } from './auth-ephemeral.ts';
import { authXkeys } from './auth-xkeys.ts';
import { avpops } from './avpops.ts';
import { benchmark } from './benchmark.ts';
import { cfgRpc } from './cfg-rpc.ts';
import { cfgutils } from './cfgutils.ts';
import { core } from './core.ts';
import { corex } from './corex.ts';
import { counters } from './counters.ts';
import { crypto } from './crypto.ts';
import { debuggerModule } from './debugger.ts';
import { dialplan } from './dialplan.ts';
import { domain } from './domain.ts';
import { gcrypt } from './gcrypt.ts';
import { geoip2 } from './geoip2.ts';
import { groupModule } from './group.ts';
import { hdr } from './hdr.ts';
import { htable } from './htable.ts';
import { httpAsyncClient } from './http-async-client.ts';
import { httpClient } from './http-client.ts';
import { ipops } from './ipops.ts';
import { jansson } from './jansson.ts';
import { json } from './json.ts';
import { jsonrpcs } from './jsonrpcs.ts';
import { jwt, jwt3 } from './jwt.ts';
import { kemihost } from './kemihost.ts';
import { kemix } from './kemix.ts';
import { kex } from './kex.ts';
import { logCustom } from './log-custom.ts';
import { lwsc } from './lwsc.ts';
import { mqueue } from './mqueue.ts';
import { mtree } from './mtree.ts';
import { ndbRedis } from './ndb-redis.ts';
import { permissions } from './permissions.ts';
import { phonenum } from './phonenum.ts';
import { pike } from './pike.ts';
import { pipelimit } from './pipelimit.ts';
import { posops } from './posops.ts';
import { pv } from './pv.ts';
import { pvtpl } from './pvtpl.ts';
import { pvx } from './pvx.ts';
import { ratelimit } from './ratelimit.ts';
import { regex } from './regex.ts';
import { rtimer } from './rtimer.ts';
import { secfilter } from './secfilter.ts';
import { siputils } from './siputils.ts';
import { sl } from './sl.ts';
import { sqlops } from './sqlops.ts';
import { statistics } from './statistics.ts';
import { statsc } from './statsc.ts';
import { statsd } from './statsd.ts';
import { sworker } from './sworker.ts';
import { tcpops } from './tcpops.ts';
import { textops } from './textops.ts';
import { textopsx } from './textopsx.ts';
import { timer } from './timer.ts';
import { tls } from './tls.ts';
import { tmrec } from './tmrec.ts';
import { uriDb } from './uri-db.ts';
import { userblocklist } from './userblocklist.ts';
import { uuid } from './uuid.ts';
import { websocket } from './websocket.ts';
import { x } from './x.ts';
import { xhttp } from './xhttp.ts';
import { xhttpProm } from './xhttp-prom.ts';
import { xhttpRpc } from './xhttp-rpc.ts';

import { xlog } from './xlog.ts';
import { xmlops } from './xmlops.ts';
import { xmlrpc } from './xmlrpc.ts';

/** All of them. */
export const STANDARD_MODULES: readonly KemiModule[] = [
	core,
	kemihost,
	x,
	pv,
	hdr,
	sl,
	statistics,
	xmlrpc, // before xhttp, which takes every request
	xhttp,
	xlog,
	kemix,
	pvx,
	ipops,
	textops,
	siputils,
	jansson,
	json,
	uuid,
	crypto,
	cfgutils,
	mqueue,
	textopsx,
	regex,
	htable,
	appLua,
	appJsdt,
	auth,
	jsonrpcs,
	cfgRpc,
	xhttpProm,
	xhttpRpc,
	pike,
	pipelimit,
	ratelimit,
	permissions,
	websocket,
	httpClient,
	httpAsyncClient,
	lwsc,
	ndbRedis,
	async,
	rtimer,
	timer,
	sworker,
	tls,
	avpops,
	statsd,
	counters,
	corex,
	kex,
	jwt,
	jwt3,
	authXkeys,
	authDb,
	authEphemeral,
	benchmark,
	tmrec,
	posops,
	sqlops,
	dialplan,
	mtree,
	domain,
	groupModule,
	uriDb,
	userblocklist,
	secfilter,
	xmlops,
	phonenum,
	geoip2,
	debuggerModule,
	statsc,
	logCustom,
	tcpops,
	pvtpl,
	gcrypt,
];
