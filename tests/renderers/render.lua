-- Lets one pandoc show many documents. It reads a line of hexadecimal digits for each, and answers
-- with one. See render.py.
local format = os.getenv("RENDER_FORMAT")
for line in io.lines() do
  local text = line:gsub("..", function(digits) return string.char(tonumber(digits, 16)) end)
  local html = pandoc.write(pandoc.read(text, format), "html")
  io.stdout:write((html:gsub(".", function(byte) return string.format("%02x", byte:byte()) end)), "\n")
  io.stdout:flush()
end
