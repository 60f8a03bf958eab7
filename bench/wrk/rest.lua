wrk.path = "/notes/42?limit=20"
wrk.headers["User-Agent"] = "bench/1.0"
wrk.headers["Accept"] = "application/json"
wrk.headers["X-Trace"] = "0af7651916cd43dd8448eb211c80319c"
