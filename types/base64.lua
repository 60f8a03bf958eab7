---@meta base64
-- What `require("base64")` gives.

---@class base64
local base64 = {}

---@param bytes string
---@param alphabet? table from makeencoder
---@return string
function base64.encode(bytes, alphabet) end

---@param text string what is not of the alphabet is passed over
---@param alphabet? table from makedecoder
---@return string
function base64.decode(text, alphabet) end

---@param digit62? string + where nothing is said
---@param digit63? string / where nothing is said
---@param padding? string = where nothing is said
---@return table
function base64.makeencoder(digit62, digit63, padding) end

---@param digit62? string
---@param digit63? string
---@return table
function base64.makedecoder(digit62, digit63) end

return base64
