-- Posts the bodies of a file in turn. The requests are made once, so that wrk only sends.
-- environment: BENCH_BODIES (the file), BENCH_PATH (the route), BENCH_BINARY (1 if the bodies are binary tensors)
-- Bodies of JSON are a line each. Of binary tensors a line has the length of their header and of all, and they follow it.
-- BENCH_PAUSE: milliseconds that a connection pauses before each request, for a load below what the server can bear
local requests = {}
local turn = 0

local pause = tonumber(os.getenv("BENCH_PAUSE") or "0")
if pause > 0 then
   function delay() return pause end
end

local function add(body, headers)
   requests[#requests + 1] = wrk.format("POST", os.getenv("BENCH_PATH"), headers, body)
end

function init()
   local file = io.open(os.getenv("BENCH_BODIES"), "rb")
   for line in function() return file:read("*l") end do
      if os.getenv("BENCH_BINARY") == "1" then
         local header, all = line:match("(%d+) (%d+)")
         add(file:read(tonumber(all)), {
            ["Content-Type"] = "application/octet-stream", ["Inference-Header-Content-Length"] = header })
      else
         add(line, { ["Content-Type"] = "application/json" })
      end
   end
   file:close()
end

function request()
   turn = turn % #requests + 1
   return requests[turn]
end
