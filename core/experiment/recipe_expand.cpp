// SPDX-License-Identifier: Apache-2.0
// Loops, values and variables of a recipe file, written out.
#include "core/experiment/config_io.h"
#include "core/experiment/recipe.h"
#include "core/experiment/recipe_refusal.h"

#include <map>

namespace lori::experiment {

namespace {

using nlohmann::json;

constexpr int kMaxDepth = 64;           // values that lead back to themselves end here
constexpr std::size_t kMaxSteps = 5000; // of one list, loops written out

/// One walk over a recipe. `m_variables` holds those of the loops around the place that is being written out.
class Expander final {
public:
    Expander(json values, std::map<std::string, json> variables) : m_values(std::move(values)), m_variables(std::move(variables))
    {
    }

    json expand(const json& value, const std::string& where, int depth = 0)
    {
        if (depth > kMaxDepth) {
            refuseRecipe("values lead back to themselves", "give each value its own content", where);
        }
        if (value.is_string()) {
            return expandText(value.get<std::string>(), where, depth);
        }
        if (value.is_array()) {
            json list = json::array();
            for (std::size_t i = 0; i < value.size(); ++i) {
                expandElement(list, value[i], where + "[" + std::to_string(i) + "]", depth);
            }
            return list;
        }
        return value.is_object() ? expandObject(value, where, depth) : value;
    }

private:
    json expandObject(const json& value, const std::string& where, int depth)
    {
        json object = json::object();
        if (const auto use = value.find("use"); use != value.end()) {
            for (const json& name : use->is_array() ? *use : json::array({*use})) {
                if (!name.is_string()) {
                    refuseRecipe("must name values", R"(write "use": "common" or a list of names)", where + ".use");
                }
                const json base = lookUp(substituted(name.get<std::string>(), where), where + ".use", depth);
                if (!base.is_object()) {
                    refuseRecipe("\"" + name.get<std::string>() + "\" is no object", "only objects can be used", where + ".use");
                }
                object.merge_patch(base);
            }
        }
        json own = json::object();
        for (const auto& [name, entry] : value.items()) {
            if (name != "use") {
                own[name] = expand(entry, io::fieldPath(where, name), depth + 1);
            }
        }
        object.merge_patch(own);
        return object;
    }

    void expandElement(json& list, const json& element, const std::string& where, int depth)
    {
        const auto loop = element.is_object() ? element.find("for") : element.end();
        if (!element.is_object() || loop == element.end()) {
            list.push_back(expand(element, where, depth + 1));
        } else {
            if (!loop->is_object() || loop->empty()) {
                refuseRecipe("must name a variable and its values", R"(write "for": {"task": ["nlu", "maths"]})", where + ".for");
            }
            json body = element;
            body.erase("for");
            runLoop(list, body, *loop, loop->begin(), where, depth);
        }
        if (list.size() > kMaxSteps) {
            refuseRecipe("loops make more than " + std::to_string(kMaxSteps) + " entries", "make the lists shorter", where);
        }
    }

    void runLoop(json& list, const json& body, const json& loop, const json::const_iterator& variable, const std::string& where,
                 int depth)
    {
        if (variable == loop.end()) {
            list.push_back(expand(body, where, depth + 1));
            return;
        }
        const std::string& name = variable.key();
        const json entries = expand(variable.value(), where + ".for." + name, depth + 1);
        if (!entries.is_array()) {
            refuseRecipe("must be a list", "write the values the variable takes", where + ".for." + name);
        }
        if (m_variables.count(name) > 0) {
            refuseRecipe("the variable \"" + name + "\" has a value already", "choose another name", where + ".for." + name);
        }
        const auto next = std::next(variable);
        for (const json& entry : entries) {
            m_variables[name] = entry;
            runLoop(list, body, loop, next, where, depth);
        }
        m_variables.erase(name);
    }

    json expandText(const std::string& text, const std::string& where, int depth)
    {
        if (text.size() > 2 && text.front() == '{' && text.find('}') == text.size() - 1) { // keeps the kind of its value
            return variable(text.substr(1, text.size() - 2), where);
        }
        const std::string full = substituted(text, where);
        return full.size() > 1 && full.front() == '$' ? lookUp(full.substr(1), where, depth) : json(full);
    }

    std::string substituted(const std::string& text, const std::string& where)
    {
        std::string full;
        std::size_t at = 0;
        while (at < text.size()) {
            const std::size_t open = text.find('{', at);
            const std::size_t close = open == std::string::npos ? open : text.find('}', open);
            full += text.substr(at, open == std::string::npos ? open : open - at);
            if (open == std::string::npos) {
                break;
            }
            if (close == std::string::npos) {
                refuseRecipe("a brace is not closed", "write {variable}", where);
            }
            const json value = variable(text.substr(open + 1, close - open - 1), where);
            full += value.is_string() ? value.get<std::string>() : value.dump();
            at = close + 1;
        }
        return full;
    }

    json variable(const std::string& name, const std::string& where) const
    {
        const auto it = m_variables.find(name);
        if (it == m_variables.end()) {
            refuseRecipe("\"{" + name + "}\" has no value here",
                         name == "data" ? "give the folder of the published sets with --data"
                                        : "name it in a \"for\" around this place",
                         where);
        }
        return it->second;
    }

    /// What stands at "tasks.nlu.sources" of the recipe's values, written out with the variables of the place that asks.
    json lookUp(const std::string& path, const std::string& where, int depth)
    {
        const json* value = &m_values;
        for (std::size_t at = 0; at <= path.size();) {
            const std::size_t dot = std::min(path.find('.', at), path.size());
            const std::string name = path.substr(at, dot - at);
            const auto it = value->is_object() ? value->find(name) : value->end();
            if (!value->is_object() || it == value->end()) {
                refuseRecipe("there is no value \"" + path + "\"", "add it to the recipe's values", where);
            }
            value = &*it;
            at = dot + 1;
        }
        return expand(*value, where + " ($" + path + ")", depth + 1);
    }

    json m_values;
    std::map<std::string, json> m_variables;
};

} // namespace

nlohmann::json expandRecipe(const json& recipe, const RecipeVariables& variables)
{
    if (!recipe.is_object()) {
        refuseRecipe("a recipe must be an object {…}", "correct the file", "recipe");
    }
    std::map<std::string, json> known;
    if (!variables.data.empty()) {
        known["data"] = variables.data;
    }
    const std::string model =
        variables.model.empty() ? recipe.value("model", json("")).is_string() ? recipe.value("model", "") : "" : variables.model;
    if (!model.empty()) {
        known["model"] = model;
    }
    json body = recipe;
    json values = json::object();
    if (const auto it = recipe.find("values"); it != recipe.end()) {
        if (!it->is_object()) {
            refuseRecipe("must be an object", "name each value", "values");
        }
        values = *it;
        body.erase("values");
    }
    body.erase("model");
    return Expander(std::move(values), std::move(known)).expand(body, "");
}

} // namespace lori::experiment
