---@meta cjson
-- What `require("cjson")` gives.

---@class cjson
---@field null lightuserdata JSON's null
---@field empty_array lightuserdata an array without items
---@field array_mt table a metatable that makes any table an array
---@field empty_array_mt table a metatable that makes an empty table an array
local cjson = {}

---@param text string
---@return any value `cjson.null` for null
function cjson.decode(text) end

---@param value any
---@return string
function cjson.encode(value) end

---A module with settings of its own.
---@return cjson
function cjson.new() end

---@param convert? boolean
---@param ratio? integer
---@param safe? integer
---@return boolean, integer, integer
function cjson.encode_sparse_array(convert, ratio, safe) end

---@param depth? integer
---@return integer
function cjson.encode_max_depth(depth) end

---@param depth? integer
---@return integer
function cjson.decode_max_depth(depth) end

---@param digits? integer
---@return integer
function cjson.encode_number_precision(digits) end

---@param keep? boolean
---@return boolean
function cjson.encode_keep_buffer(keep) end

---@param setting? boolean|"null"
---@return boolean|"null"
function cjson.encode_invalid_numbers(setting) end

---@param setting? boolean
---@return boolean
function cjson.decode_invalid_numbers(setting) end

---@param setting? boolean
---@return boolean
function cjson.encode_empty_table_as_object(setting) end

---@param setting? boolean
---@return boolean
function cjson.decode_array_with_array_mt(setting) end

return cjson
