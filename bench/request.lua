-- The load: every request is made beforehand, so that the load generator costs little and the same for both sides.
-- usage: wrk … -s request.lua URL -- KIND [FILE]
--   get FILE    GET of the paths in FILE, in turn     (a line: path, and after a tab an ETag to send as If-None-Match)
--   post FILE   POST to the URL of the bodies in FILE, in turn
--   patch FILE  PATCH of the paths in FILE, in turn  (a line: path, a tab, the body)
-- The token is in $TOKEN.

local requests, turn = {}, 0

function init(args)
  local kind, file = args[1], args[2]
  local headers = { ["Authorization"] = "Bearer " .. os.getenv("TOKEN") }
  for line in io.lines(file) do
    if kind == "post" then
      headers["Content-Type"] = "application/json"
      requests[#requests + 1] = wrk.format("POST", nil, headers, line)
    elseif kind == "patch" then
      headers["Content-Type"] = "application/json"
      local path, body = line:match("^([^\t]*)\t(.*)$")
      requests[#requests + 1] = wrk.format("PATCH", path, headers, body)
    else
      local path, etag = line:match("^([^\t]*)\t?(.*)$")
      headers["If-None-Match"] = etag ~= "" and etag or nil
      requests[#requests + 1] = wrk.format("GET", path, headers)
    end
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

-- One line for Klanten.Bench: requests a second, median and 99th percentile in microseconds, failures.
function done(summary, latency, _)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("RESULT %.1f %d %d %d", summary.requests / summary.duration * 1e6,
    latency:percentile(50), latency:percentile(99), failures))
end
