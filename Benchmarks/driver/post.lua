-- Posts the bodies of a file, a line each, in turn. The requests are made once, so that wrk only sends.
-- environment: BENCH_BODIES (the file), BENCH_PATH (the route)
local requests = {}
local turn = 0

function init()
   local headers = { ["Content-Type"] = "application/json" }
   for body in io.lines(os.getenv("BENCH_BODIES")) do
      requests[#requests + 1] = wrk.format("POST", os.getenv("BENCH_PATH"), headers, body)
   end
end

function request()
   turn = turn % #requests + 1
   return requests[turn]
end
