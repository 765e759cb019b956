// SPDX-License-Identifier: Apache-2.0
// lori sweep: a training at every combination of some values.
#include "app/lori/job_session.h"
#include "app/lori/progress_line.h"
#include "app/lori/queueing.h"
#include "app/lori/run_config_options.h"
#include "core/workers/sweep_job.h"

namespace lori::app {

namespace {

struct SweepArguments {
    RunConfigOptions config;
    std::vector<std::string> over;
    bool plan = false;
};

/// "rank=4,8": numbers and words as JSON reads them. "KEY=[…]" is a JSON list, for values that hold commas.
workers::SweepAxis axisOf(const std::string& text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
        throw Exception(ErrorCode::InvalidArgument, "'" + text + "' names no field with its values", "write --over rank=4,8",
                        "--over");
    }
    workers::SweepAxis axis{text.substr(0, equals), {}};
    const std::string values = text.substr(equals + 1);
    if (const auto list = nlohmann::json::parse(values, nullptr, false); list.is_array()) {
        axis.values.assign(list.begin(), list.end());
        return axis;
    }
    for (std::size_t start = 0; start <= values.size();) {
        const std::size_t comma = std::min(values.find(',', start), values.size());
        const std::string value = values.substr(start, comma - start);
        const auto parsed = nlohmann::json::parse(value, nullptr, false);
        axis.values.push_back(parsed.is_discarded() ? nlohmann::json(value) : parsed);
        start = comma + 1;
    }
    return axis;
}

workers::SweepOptions optionsOf(const Context& context, const SweepArguments& a)
{
    if (a.config.configFile.empty() == a.config.preset.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of --config and --preset is needed", "see lori sweep --help");
    }
    workers::SweepOptions options{experiment::toJson(a.config.config()), {}, context.queue.continueOnError};
    for (const std::string& text : a.over) {
        options.over.push_back(axisOf(text));
    }
    return options;
}

Answer planAnswer(workers::SweepJob job)
{
    const std::vector<workers::PlannedStep> steps = job.steps();
    const jobs::JobPlan plan = job.plan();
    Answer answer;
    answer.json["points"] = nlohmann::ordered_json::array();
    std::size_t done = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        answer.json["points"].push_back(
            {{"values", job.points()[i].values}, {"done", steps[i].done}, {"seconds", steps[i].seconds}});
        answer.text += std::string(steps[i].done ? "done  " : "      ") + job.points()[i].config.name +
                       (steps[i].done ? "" : "  about " + durationText(steps[i].seconds)) + "\n";
        done += steps[i].done ? 1 : 0;
    }
    answer.json["trainings"] = steps.size();
    answer.json["done"] = done;
    answer.json["seconds"] = plan.seconds;
    answer.json["memoryBytes"] = plan.memoryBytes;
    answer.json["diskBytes"] = plan.diskBytes;
    answer.text += std::to_string(steps.size()) + " trainings, " + std::to_string(done) + " of them done; about " +
                   durationText(plan.seconds) + " left, " + std::to_string(plan.diskBytes / 1'000'000) + " MB on disk, " +
                   std::to_string(std::max<std::int64_t>(0, plan.memoryBytes) / 1'000'000) + " MB of memory\n";
    return answer;
}

Answer sweep(const Context& context, const SweepArguments& a)
{
    const workers::SweepOptions options = optionsOf(context, a);
    if (a.plan) {
        return planAnswer(workers::SweepJob(context.home, options));
    }
    const std::string name = options.config.at("name").get<std::string>();
    Answer answer = goOnAsJob(context, "sweep", name, events::fieldsOf(options)).value();
    if (!context.queue.asked && answer.json.at("failed").get<std::int64_t>() > 0) {
        answer.exitCode = 1;
    }
    return answer;
}

} // namespace

void addSweepCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<SweepArguments>();
    CLI::App* command =
        addCommand(app, context, "sweep",
                   "Train at every combination of some values, and compare; a point that was trained before is not trained again",
                   [a, &context] { return guard([&] { return sweep(context, *a); }); });
    a->config.addTo(*command);
    command
        ->add_option("--over", a->over,
                     "KEY=V1,V2,…: a field's path as for --set, or rank, alpha, sparsity, learningRate, steps, epochs, batchRows "
                     "(may be repeated; points that differ in seeds alone are summed up as mean ± standard deviation)")
        ->required();
    command->add_flag("--plan", a->plan, "Only say how many trainings, and what time, disk and memory they need");
    addQueueOptions(*command, context);
    CLI::Option* continues = command->get_option_no_throw("--continue-on-error");
    if (continues == nullptr) { // built without a queue
        continues = command->add_flag("--continue-on-error", context.queue.continueOnError);
    }
    continues->description("A point that fails does not end the others, and is named in the result; nor does it end the queue");
}

} // namespace lori::app
