function ksr_xhttp_event(evname) {
	var out = [];
	function say(name, value) {
		out.push(name + '=' + value);
	}
	say('trylock', KSR.cfgutils.trylock('a'));
	say('trylock held', KSR.cfgutils.trylock('a'));
	say('unlock', KSR.cfgutils.unlock('a'));
	say('lock', KSR.cfgutils.lock('a'));
	say('trylock held', KSR.cfgutils.trylock('a'));
	say('unlock', KSR.cfgutils.unlock('a'));
	say('unlock free', KSR.cfgutils.unlock('free'));
	say('empty', KSR.cfgutils.lock(''));
	say('empty', KSR.cfgutils.unlock(''));
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', out.join('\n'));
}
