// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/recipe_runner.h"
#include "core/support/home.h"

#include "core/analysis/interference.h"
#include "core/merging/merge.h"
#include "core/recipes/recipe_report.h"
#include "core/support/descriptor.h"
#include "core/support/files.h"

#include <chrono>
#include <fcntl.h>
#include <sys/file.h>

namespace lori::recipes {

using experiment::RecipeInterference;
using experiment::RecipeMeasure;
using experiment::RecipeMerge;
using experiment::RunConfig;
using nlohmann::json;

namespace {

using Clock = std::chrono::steady_clock;

/// Held while a recipe works; gone with the process, however it ends.
class RecipeLock final {
public:
    explicit RecipeLock(const std::filesystem::path& folder) : m_descriptor(openFile(folder))
    {
        if (::flock(m_descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
            throw Exception(ErrorCode::Busy, "another recipe is at work here", "wait for it, or use another LORI_HOME",
                            folder.string());
        }
    }

private:
    static int openFile(const std::filesystem::path& folder)
    {
        std::filesystem::create_directories(folder);
        const int file = ::open((folder / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file < 0) {
            throw Exception(errorFromErrno(errno, "cannot open", folder / ".lock"));
        }
        return file;
    }
    Descriptor m_descriptor;
};

std::vector<formats::AdapterFiles> openAdapters(const std::vector<std::string>& folders)
{
    std::vector<formats::AdapterFiles> adapters;
    adapters.reserve(folders.size());
    for (const std::string& folder : folders) {
        adapters.push_back(formats::openAnyAdapter(folder).value());
    }
    return adapters;
}

[[noreturn]] void throwStopped()
{
    throw Exception(ErrorCode::Stopped, "the recipe was stopped and what was done is kept", "run it again to go on", "");
}

json pairJson(const analysis::PairInterference& pair)
{
    return {{"first", pair.first},
            {"second", pair.second},
            {"cosine", pair.cosine},
            {"rowOverlap", pair.rowOverlap},
            {"rowChance", pair.rowChance},
            {"shared", pair.shared},
            {"jaccard", pair.jaccard},
            {"jaccardChance", pair.jaccardChance},
            {"signConflicts", pair.signConflicts}};
}

/// The steps of one recipe, one after the other.
class Cook final {
public:
    Cook(const experiment::Recipe& recipe, const RecipeOptions& options)
        : m_options(options), m_places(options.home, recipe), m_measurer(options.home)
    {
    }

    json run()
    {
        const RecipeLock lock(m_options.home.root / "recipes");
        const std::vector<PlannedStep> plan = planSteps(m_places);
        for (std::size_t i = 0; i < plan.size(); ++i) {
            if (plan[i].done) {
                continue;
            }
            if (m_options.onStep) {
                m_options.onStep(i + 1, plan.size(), plan[i], secondsLeft(plan, i));
            }
            const auto begin = Clock::now();
            work(i);
            m_planned += plan[i].seconds;
            m_past += std::chrono::duration<double>(Clock::now() - begin).count();
        }
        return writeReport(m_places);
    }

private:
    /// What is left by the plan, corrected by how right it was so far.
    double secondsLeft(const std::vector<PlannedStep>& plan, std::size_t from) const
    {
        double left = 0;
        for (std::size_t i = from; i < plan.size(); ++i) {
            left += plan[i].done ? 0 : plan[i].seconds;
        }
        return m_planned > 0 ? left * m_past / m_planned : left;
    }

    void work(std::size_t i)
    {
        const experiment::RecipeStep step = m_places.resolved(i);
        if (const auto* run = std::get_if<RunConfig>(&step.work)) {
            m_measurer.release(); // the worker loads the model itself
            train(i, *run);
        } else if (const auto* merge = std::get_if<RecipeMerge>(&step.work)) {
            mergeStep(i, *merge);
        } else if (const auto* measure = std::get_if<RecipeMeasure>(&step.work)) {
            m_measurer.measure(*measure, m_places.stepFolder(i), m_options.progress ? m_options.progress : goOn);
        } else {
            interference(i, std::get<RecipeInterference>(step.work));
        }
    }

    static bool goOn(const std::string& /*what*/, std::int64_t /*done*/, std::int64_t /*total*/, double /*left*/) { return true; }

    void train(std::size_t i, RunConfig run)
    {
        const experiment::Recipe& recipe = m_places.recipe();
        if (run.name == RunConfig{}.name) {
            run.name = recipe.steps[i].id;
        }
        if (run.purpose.empty()) {
            run.purpose = "Step " + recipe.steps[i].id + " of the recipe " + recipe.id + ".";
        }
        const auto folder = jobs::RunFolder::createOrOpen(m_options.home, run, m_places.runId(i)).value();
        static_cast<void>(m_options.train(folder).value());
    }

    void mergeStep(std::size_t i, const RecipeMerge& merge)
    {
        const auto adapters = openAdapters(merge.adapters);
        merging::MergeOptions options;
        options.type = merging::mergeTypeFromName(merge.method).value();
        options.mode = merging::mergeModeFromName(merge.mode).value();
        options.weights = merge.preset.empty() ? merge.weights : merging::presetWeights(merge.preset, adapters.size()).value();
        options.density = merge.density;
        options.svdRank = merge.svdRank;
        options.seed = merge.seed;
        const std::filesystem::path folder = m_places.stepFolder(i);
        std::filesystem::create_directories(folder);
        const merging::MergeReport report =
            merging::mergeAdapters(adapters, options, folder / "adapter",
                                   [&](std::int64_t done, std::int64_t total, const merging::MergedModule&) {
                                       return !m_options.progress || m_options.progress("merging", done, total, -1);
                                   })
                .value();
        write(folder, {{"method", merge.method},
                       {"mode", merge.mode},
                       {"weights", options.weights},
                       {"rank", report.plan.rank},
                       {"loss", {{"total", report.loss.total}, {"worst", report.loss.worst}}},
                       {"self", report.self.total},
                       {"notes", report.plan.notes},
                       {"seconds", report.seconds}});
    }

    void interference(std::size_t i, const RecipeInterference& what)
    {
        const auto begin = Clock::now();
        const analysis::InterferenceReport report =
            analysis::measureInterference(openAdapters(what.adapters), 0, [&](std::int64_t done, std::int64_t total) {
                return !m_options.progress || m_options.progress("measuring interference", done, total, -1);
            }).value();
        json pairs = json::array();
        for (const analysis::PairInterference& pair : report.total.pairs) {
            pairs.push_back(pairJson(pair));
        }
        write(m_places.stepFolder(i), {{"pairs", std::move(pairs)},
                                       {"energyRatio", report.total.energyRatio},
                                       {"linearCrossTerms", report.total.linearCrossTerms},
                                       {"sameSeed", report.sameSeed},
                                       {"seconds", std::chrono::duration<double>(Clock::now() - begin).count()}});
    }

    static void write(const std::filesystem::path& folder, const json& result)
    {
        std::filesystem::create_directories(folder);
        writeFileAtomically(folder / "result.json", result.dump(2) + "\n").value();
    }

    const RecipeOptions& m_options;
    RecipePlaces m_places;
    Measurer m_measurer;
    double m_planned = 0; ///< estimated seconds of the steps done by this attempt
    double m_past = 0;    ///< what they really took
};

} // namespace

Result<json> runRecipe(const experiment::Recipe& recipe, const RecipeOptions& options)
{
    return guard([&] {
        auto report = guard([&] { return Cook(recipe, options).run(); });
        if (!report && (report.error().code == ErrorCode::Stopped || report.error().code == ErrorCode::Interrupted)) {
            throwStopped(); // a recipe always goes on, also where a single run would have kept nothing
        }
        return std::move(report).value();
    });
}

Result<std::vector<PlannedStep>> planRecipe(const experiment::Recipe& recipe, const Home& home)
{
    return guard([&] { return planSteps(RecipePlaces(home, recipe)); });
}

} // namespace lori::recipes
