/**
 * The core parameters of kamailio.cfg: those that mean something to an HTTP host, and the names of all others,
 * which are accepted and have no effect (core/cfg.lex of 5.6.3 and of the development version).
 *
 * @module
 */

/** What a parameter takes: a number (`yes` is one), a string, a bare word or a string or a number. */
export type CoreType = 'int' | 'str' | 'any';

/** A core parameter with an effect. docs/configuration.md comes from these. */
export interface CoreParameterDeclaration {
	readonly type: CoreType;
	/** What it does here; where Kamailio's default is another, that too. */
	readonly doc: string;
	/** Other names of it. */
	readonly synonyms?: readonly string[];
}

/** Parameters that have an effect, by name. */
export const EFFECTIVE = {
	children: {
		type: 'int',
		doc: 'The number of processes that serve requests, unless `tcp_children` says it.',
	},
	tcp_children: { type: 'int', doc: 'The number of processes that serve requests.' },
	fork: { type: 'int', doc: '`no` serves from the main process, as `--children 0` does.' },
	debug: { type: 'int', doc: 'Lines up to this level are logged: -5 (alert) to 3 (debug).' },
	tcp_rd_buf_size: {
		type: 'int',
		doc: "The largest request body, in bytes. Kamailio's holds the whole request and is 16384.",
	},
	tcp_connection_lifetime: {
		type: 'int',
		doc: "Seconds after which an idle connection is closed. Kamailio's default is 120.",
	},
	server_header: { type: 'str', doc: 'The `Server` header of replies, with or without its name in front.' },
	server_signature: { type: 'int', doc: '`no` leaves the `Server` header out.' },
	max_while_loops: {
		type: 'int',
		doc: 'Rounds after which a `while` of a route is stopped; 100 by default.',
	},
	user: {
		type: 'any',
		doc: 'The user that the host runs as once it listens, where it was started by root.',
		synonyms: ['uid'],
	},
	group: { type: 'any', doc: 'The group that the host runs as once it listens.', synonyms: ['gid'] },
	workdir: { type: 'any', doc: 'The working folder.', synonyms: ['wdir'] },
} as const satisfies Record<string, CoreParameterDeclaration>;

/** The name of a parameter that has an effect. */
export type EffectiveName = keyof typeof EFFECTIVE;

/**
 * Parameters of HTTP's side of Kamailio that have nothing to set here, each with what holds instead.
 */
export const ALWAYS = {
	tcp_accept_no_cl: { type: 'int', doc: 'Requests without a Content-Length are always served.' },
	http_reply_parse: {
		type: 'int',
		doc: 'Nothing is needed to tell HTTP from SIP.',
		synonyms: ['http_reply_hack'],
	},
	tcp_crlf_ping: { type: 'int', doc: 'Line ends in front of a request are skipped, without an answer.' },
	pv_buffer_size: { type: 'int', doc: 'Texts with variables have no such limit; the memory limit holds.' },
	log_stderror: { type: 'int', doc: 'The log always goes to stderr.' },
	log_facility: { type: 'any', doc: 'There is no syslog.' },
	log_name: { type: 'str', doc: 'There is no syslog.' },
	log_color: { type: 'int', doc: '`--log-format pretty` is coloured on a terminal.' },
	log_prefix: {
		type: 'str',
		doc: 'Kamailio 5.6 computes it for SIP messages only: with HTTP it prints nothing.',
	},
	log_prefix_mode: { type: 'int', doc: 'As log_prefix.' },
	enable_tls: { type: 'int', doc: 'Addresses of `listen` say it: `tls:`.', synonyms: ['tls_enable'] },
	disable_tls: { type: 'int', doc: 'Addresses of `listen` say it: `tls:`.', synonyms: ['tls_disable'] },
} as const satisfies Record<string, CoreParameterDeclaration>;

/** Callbacks of KEMI, behind `kemi.`. */
export const KEMI_CALLBACKS = [
	'event_route_callback',
	'onsend_route_callback',
	'pre_routing_callback',
	'received_route_callback',
	'reply_route_callback',
	'request_route_callback',
] as const;

/** Parameters that are accepted and do nothing here: what they set exists in a SIP server only. */
const IGNORED_INTEGERS = `
	add_rport advertised_port async_nonblock async_usleep async_workers auto_aliases auto_bind_ipv6
	auto_domains bind_ipv6_link_local check_via core_log corelog disable_core_dump disable_sctp disable_tcp
	dns dns_cache_del_nonexp dns_cache_delete_nonexpired dns_cache_flags dns_cache_gc_interval
	dns_cache_init dns_cache_max_ttl dns_cache_mem dns_cache_min_ttl dns_cache_negative_ttl
	dns_cache_rec_pref dns_naptr_ignore_rfc dns_retr_no dns_retr_time dns_rev_via dns_sctp_pref
	dns_sctp_preference dns_search_full_match dns_servers_no dns_slow_query_ms dns_srv_lb
	dns_srv_loadbalancing dns_tcp_pref dns_tcp_preference dns_tls_pref dns_tls_preference dns_try_ipv6
	dns_try_naptr dns_udp_pref dns_udp_preference dns_use_cache dns_use_failover dns_use_search_list
	dst_blocklist_expire dst_blocklist_gc_interval dst_blocklist_init dst_blocklist_mem
	dst_blocklist_sctp_imask dst_blocklist_tcp_imask dst_blocklist_tls_imask dst_blocklist_ttl
	dst_blocklist_udp_imask enable_sctp exit_timeout force_rport fork_delay ip_free_bind ip_nonlocal_bind
	ipfreebind latency_cfg_log latency_limit_action latency_limit_cfg latency_limit_db latency_log
	local_rport max_branches max_recursive_level maxbuffer maxsndbuffer mcast_loopback mcast_ttl
	mem_add_size mem_dbg mem_join mem_log mem_safety mem_status_mode mem_summary memdbg memlog mhomed
	mlock_pages modinit_delay msg_apply_changes_mode msg_clone_extra_size msg_recv_max_size msg_time
	onsend_route_reply open_files_limit phone2tel pmtu_discovery port pv_buffer_slots pv_cache_action
	pv_cache_limit real_time received_route_mode reply_to_via return_mode rev_dns route_locks_size
	rpc_exec_delta rpc_exec_locks rpc_exec_locks_mode rt_fast_timer_prio rt_ftimer_policy rt_ftimer_prio
	rt_policy rt_prio rt_stimer_policy rt_stimer_prio rt_timer1_policy rt_timer1_prio rt_timer2_policy
	rt_timer2_prio sctp_children ser_kill_timeout server_id shm shm_force_alloc shm_mem shm_mem_size
	sip_parser_log sip_parser_log_oneline sip_parser_mode sip_warning socket_workers sql_buffer_size
	tcp_accept_aliases tcp_accept_haproxy tcp_accept_hep3 tcp_accept_iplimit tcp_accept_unique tcp_async
	tcp_buf_write tcp_check_timer tcp_clone_rcvbuf tcp_close_rst tcp_conn_wq_max tcp_connect_timeout
	tcp_connection_match tcp_defer_accept tcp_delayed_ack tcp_fd_cache tcp_keepalive tcp_keepcnt
	tcp_keepidle tcp_keepintvl tcp_linger2 tcp_listen_backlog tcp_main_threads tcp_max_connections
	tcp_msg_data_timeout tcp_msg_read_timeout tcp_no_connect tcp_reuse_port tcp_script_mode tcp_send_timeout
	tcp_syncnt tcp_wait_data tcp_wq_blk_size tcp_wq_max tls_connection_match_domain tls_handshake_timeout
	tls_log tls_max_connections tls_port_no tls_require_certificate tls_send_timeout tls_threads_mode
	tls_verify tlslog udp4_raw udp4_raw_mtu udp4_raw_ttl udp_accept_proxy udp_mtu udp_receiver_mode
	use_dns_cache use_dns_failover use_dst_blocklist verbose_startup wait_worker1_mode wait_worker1_time
	wait_worker1_usleep
`;

const IGNORED_STRINGS = `
	async_tkv_evcb async_tkv_gname async_workers_group hdr_name_extra_chars ipv6_hex_style log_engine_data
	log_engine_type stats_name_separator tls_ca_list tls_certificate tls_private_key uri_host_extra_chars
	user_agent_header version_table xavp_via_fields xavp_via_params xavp_via_reply_params
`;

/** Those that take a word, an address, or either a number or a string. */
const IGNORED_OTHERS = `
	advertised_address chroot mcast run_dir rundir tcp_accept_protocols tcp_accept_protos tcp_poll_method
	tcp_source_ipv4 tcp_source_ipv6 tls_method tos udp_mtu_try_proto
`;

/** What the reader knows of a parameter. */
export interface KnownParameter {
	/** The name that synonyms stand for. */
	readonly name: string;
	readonly type: CoreType;
	/** `effect`: it does something; `always`: there is nothing to set; `ignored`: it belongs to SIP. */
	readonly kind: 'effect' | 'always' | 'ignored';
}

function declared(table: Readonly<Record<string, CoreParameterDeclaration>>, kind: 'effect' | 'always') {
	return Object.entries(table).flatMap(([name, { type, synonyms = [] }]) =>
		[name, ...synonyms].map((written) => [written, { name, type, kind }] as const),
	);
}

function ignored(names: string, type: CoreType) {
	return names
		.trim()
		.split(/\s+/)
		.map((name) => [name, { name, type, kind: 'ignored' }] as const);
}

/** Every core parameter by every name it has. `listen`, `alias` and `domain` have a grammar of their own. */
export const CORE_PARAMETERS: ReadonlyMap<string, KnownParameter> = new Map<string, KnownParameter>([
	...declared(EFFECTIVE, 'effect'),
	...declared(ALWAYS, 'always'),
	...ignored(IGNORED_INTEGERS, 'int'),
	...ignored(IGNORED_STRINGS, 'str'),
	...ignored(IGNORED_OTHERS, 'any'),
]);
