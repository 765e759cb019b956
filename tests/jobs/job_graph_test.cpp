// SPDX-License-Identifier: Apache-2.0
// Graphs of jobs: order, keys, what is found, and one that is stopped, fails or goes on.
#include "core/events/event_follower.h"
#include "core/jobs/job_graph.h"
#include "core/jobs/job_lock.h"
#include "core/jobs/job_state.h"
#include "core/support/files.h"
#include "core/support/sha256.h"
#include "core/support/this_machine.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <thread>

using namespace lori;
using namespace lori::jobs;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// Writes what it reads, one step after another.
class Writing final : public JobKind {
public:
    Writing(json options, std::function<void(const JobFolder&, std::int64_t)> onStep)
        : m_options(std::move(options)), m_onStep(std::move(onStep))
    {
    }
    JobPlan plan() override { return {.what = "writes", .seconds = 1, .memoryBytes = 7}; }
    JobResult work(JobContext& context) override
    {
        constexpr std::int64_t kSteps = 3;
        for (std::int64_t step = 1; step <= kSteps; ++step) {
            if (m_onStep) {
                m_onStep(context.folder(), step);
            }
            context.progress("writing", step, kSteps);
        }
        if (m_options.value("fails", false)) {
            throw Exception(ErrorCode::BadFile, "it does not work", "leave it");
        }
        std::string text = m_options.value("text", "");
        for (const json& from : m_options.value("from", json::array())) {
            text += readTextFile(from.get<std::string>()).value();
        }
        writeFileAtomically(context.folder().path() / "made", text).value();
        return {{{"text", text}}, text};
    }

private:
    json m_options;
    std::function<void(const JobFolder&, std::int64_t)> m_onStep;
};

class Shop final : public GraphWorkshop {
public:
    explicit Shop(Home home) : m_home(std::move(home)) {}

    std::string keyOf(const std::string& kind, const json& options) override { return sha256Hex(kind + options.dump()); }
    std::string partOf(const GraphNode& node, const std::string& part) override
    {
        if (!part.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "no such part", "", node.id);
        }
        return "made";
    }
    fs::path placeOf(const fs::path& folder, const std::string& part) override { return folder / part; }
    std::optional<fs::path> findDone(const GraphNode& /*node*/, const std::string& key) override
    {
        return find(key, [](const StateOfJob& state) { return state.state == JobState::Finished; });
    }
    JobFolder folderFor(const GraphNode& node, const std::string& key) override
    {
        worked.push_back(node.id);
        const auto begun = find(key, [](const StateOfJob& state) { return state.state != JobState::Finished; });
        return begun ? JobFolder::open(m_home, begun->string()).value()
                     : JobFolder::create(m_home, {node.kind, node.name, node.options, key, 0}).value();
    }
    std::unique_ptr<JobKind> kindOf(const JobFolder& folder) override
    {
        return std::make_unique<Writing>(folder.record()->options, onStep);
    }
    JobPlan planOf(const GraphNode& node) override
    {
        if (node.options.contains("refused")) {
            throw Exception(ErrorCode::InvalidArgument, "this cannot be", "", "refused");
        }
        return Writing(node.options, {}).plan();
    }

    std::vector<std::string> worked;
    std::function<void(const JobFolder&, std::int64_t)> onStep;

private:
    std::optional<fs::path> find(const std::string& key, const std::function<bool(const StateOfJob&)>& fits)
    {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(m_home.jobs(), none)) {
            const auto folder = JobFolder::open(m_home, entry.path().string());
            if (folder && folder->record()->key == key && fits(stateSince(*folder, 0, unixMs()).value())) {
                return entry.path();
            }
        }
        return std::nullopt;
    }
    Home m_home;
};

/// A graph as a job.
class Whole final : public JobKind {
public:
    Whole(std::vector<GraphNode> nodes, Shop& shop, bool continueOnError = false)
        : m_nodes(std::move(nodes)), m_shop(shop), m_continueOnError(continueOnError)
    {
    }
    JobPlan plan() override { return {.what = "all"}; }
    JobResult work(JobContext& context) override
    {
        JobGraph graph(m_nodes, m_shop);
        outcomes = graph.work(context, m_continueOnError);
        return {{{"nodes", outcomes.size()}}, ""};
    }
    std::vector<NodeOutcome> outcomes;

private:
    std::vector<GraphNode> m_nodes;
    Shop& m_shop;
    bool m_continueOnError;
};

GraphNode node(const std::string& id, const std::string& text, const std::vector<std::string>& from = {})
{
    json options{{"text", text}};
    for (const std::string& one : from) {
        options["from"].push_back("@" + one);
    }
    return {id, "write", id, options};
}

/// c of a and b, d of c.
std::vector<GraphNode> diamond()
{
    return {node("a", "A"), node("b", "B"), node("c", "C", {"a", "b"}), node("d", "D", {"c"})};
}

template <typename T>
std::vector<T> all(const JobFolder& folder)
{
    std::vector<T> found;
    for (const events::Event& event : events::EventFollower(folder.eventsFile()).poll().value()) {
        if (const T* one = event.as<T>()) {
            found.push_back(*one);
        }
    }
    return found;
}

std::string refusalOf(std::vector<GraphNode> nodes, Shop& shop)
{
    const auto made = guard([&] { return JobGraph(std::move(nodes), shop).nodes().size(); });
    return made ? std::string() : made.error().sentence();
}

} // namespace

class JobGraphTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<QTemporaryDir>();
        m_home.root = fs::path(m_place->path().toStdString());
        m_shop = std::make_unique<Shop>(m_home);
    }

    void whatIsNeededStandsFirstAndOtherwiseTheGivenOrder()
    {
        auto nodes = diamond();
        std::reverse(nodes.begin(), nodes.end());
        nodes.push_back({"e", "write", "", {{"text", "E"}}, {"a"}});
        std::string order;
        const JobGraph graph(nodes, *m_shop);
        for (const GraphNode& one : graph.nodes()) {
            order += one.id;
        }
        QCOMPARE(order, std::string("bacde"));
    }

    void graphsThatCannotBeAreRefused()
    {
        QVERIFY(refusalOf({node("a", "A"), node("a", "B")}, *m_shop).find("two of this name") != std::string::npos);
        QVERIFY(refusalOf({{"a", "write", "", {}, {"b"}}}, *m_shop).find("not there: b") != std::string::npos);
        QVERIFY(refusalOf({node("a", "A", {"b"}), node("b", "B", {"a"})}, *m_shop).find("ring") != std::string::npos);
    }

    void keysAreThoseOfTheWorkAndOfWhatItGoesOnFrom()
    {
        const JobGraph graph(diamond(), *m_shop);
        auto renamed = diamond();
        renamed[0].id = "first";
        renamed[0].name = "another name";
        renamed[2].options["from"][0] = "@first";
        QCOMPARE(JobGraph(renamed, *m_shop).key(3), graph.key(3));
        auto changed = diamond();
        changed[0].options["text"] = "other";
        const JobGraph other(changed, *m_shop);
        QCOMPARE(other.key(1), graph.key(1));
        for (const std::size_t i : {0U, 2U, 3U}) {
            QVERIFY(other.key(i) != graph.key(i));
        }
        auto after = diamond();
        after[1].needs = {"a"};
        QVERIFY(JobGraph(after, *m_shop).key(1) != graph.key(1));
    }

    void worksThroughAndSaysWhatBecameOfEach()
    {
        const JobFolder folder = make();
        Whole whole(diamond(), *m_shop);
        QVERIFY(workInJob(folder, whole, {}).has_value());
        QCOMPARE(readTextFile(whole.outcomes[3].folder / "made").value(), std::string("DCAB"));
        std::string said;
        for (const events::Child& child : all<events::Child>(folder)) {
            QCOMPARE(child.count, std::int64_t{4});
            QVERIFY(child.etaSeconds >= 0);
            said += child.node + " " + child.state + ", ";
        }
        QCOMPARE(said, std::string("a begins, a done, b begins, b done, c begins, c done, d begins, d done, "));
        QVERIFY(!all<events::Progress>(folder).empty());
        for (const NodeOutcome& outcome : whole.outcomes) { // ordinary jobs, with lives of their own
            const JobFolder child = JobFolder::open(m_home, outcome.folder.string()).value();
            QCOMPARE(stateSince(child, 0, unixMs())->state, JobState::Finished);
            QCOMPARE(child.record()->kind, std::string("write"));
        }
    }

    void equalWorkIsFoundWhoeverDidIt()
    {
        Whole first({node("x", "A")}, *m_shop);
        QVERIFY(workInJob(make(), first, {}).has_value());
        m_shop->worked.clear();
        const JobFolder folder = make();
        Whole second(diamond(), *m_shop);
        QVERIFY(workInJob(folder, second, {}).has_value());
        QCOMPARE(m_shop->worked, (std::vector<std::string>{"b", "c", "d"}));
        QCOMPARE(all<events::Child>(folder).front().state, std::string("found"));
        QCOMPARE(second.outcomes[0].folder, first.outcomes[0].folder);
        m_shop->worked.clear();
        Whole twins({node("one", "T"), node("two", "T")}, *m_shop); // twice in one graph
        QVERIFY(workInJob(make(), twins, {}).has_value());
        QCOMPARE(m_shop->worked, (std::vector<std::string>{"one"}));
        QCOMPARE(twins.outcomes[1].folder, twins.outcomes[0].folder);
    }

    void aPlanSaysWhatIsDoneAndRefusesBeforeTheFirst()
    {
        Whole first({node("x", "A")}, *m_shop);
        QVERIFY(workInJob(make(), first, {}).has_value());
        const auto planned = JobGraph(diamond(), *m_shop).plan();
        QVERIFY(planned[0].done.has_value() && !planned[1].done.has_value());
        QCOMPARE(planned[3].plan.memoryBytes, std::int64_t{7});
        auto nodes = diamond();
        nodes[3].options["refused"] = true;
        m_shop->worked.clear();
        Whole refused(nodes, *m_shop);
        const auto result = workInJob(make(), refused, {});
        QCOMPARE(result.error().where, std::string("step d, refused"));
        QVERIFY(m_shop->worked.empty());
    }

    void aStopOfTheWholeStopsTheOneAtWorkAndItGoesOn()
    {
        const JobFolder folder = make();
        fs::path stopped;
        m_shop->onStep = [&](const JobFolder& child, std::int64_t step) {
            if (child.record()->name == "c" && step == 2) {
                stopped = child.path();
                folder.sendCommand(Command::StopAndKeep).value();
                waitForCommand(child);
            }
        };
        Whole whole(diamond(), *m_shop);
        QCOMPARE(workInJob(folder, whole, {}).error().code, ErrorCode::Stopped);
        const JobFolder child = JobFolder::open(m_home, stopped.string()).value();
        QCOMPARE(stateSince(child, 0, unixMs())->state, JobState::Stopped);
        QCOMPARE(stateSince(folder, 0, unixMs())->state, JobState::Stopped);
        QCOMPARE(all<events::Child>(folder).back().state, std::string("stopped"));
        m_shop->onStep = {};
        m_shop->worked.clear();
        QVERIFY(workInJob(folder, whole, {}).has_value());
        QCOMPARE(m_shop->worked, (std::vector<std::string>{"c", "d"}));
        QCOMPARE(whole.outcomes[2].folder, stopped); // the same folder, gone on with
    }

    void aDiscardOfTheWholeKeepsWhatWasDone()
    {
        const JobFolder folder = make();
        fs::path begun;
        m_shop->onStep = [&](const JobFolder& child, std::int64_t) {
            begun = child.path();
            folder.sendCommand(Command::Discard).value();
            waitForCommand(child);
        };
        Whole whole(diamond(), *m_shop);
        QCOMPARE(workInJob(folder, whole, {}).error().code, ErrorCode::Stopped);
        QVERIFY(stateSince(folder, 0, unixMs())->discarded);
        QVERIFY(!stateSince(JobFolder::open(m_home, begun.string()).value(), 0, unixMs())->discarded);
    }

    void aStopOfTheChildStopsTheWhole()
    {
        const JobFolder folder = make();
        m_shop->onStep = [](const JobFolder& child, std::int64_t step) {
            if (step == 2) {
                child.sendCommand(Command::StopAndKeep).value();
            }
        };
        Whole whole(diamond(), *m_shop);
        QCOMPARE(workInJob(folder, whole, {}).error().code, ErrorCode::Stopped);
        QCOMPARE(stateSince(folder, 0, unixMs())->state, JobState::Stopped);
    }

    void anInterruptEndsBoth()
    {
        const JobFolder folder = make();
        std::atomic<bool> interrupt = false;
        m_shop->onStep = [&](const JobFolder&, std::int64_t) {
            interrupt = true;
        };
        WorkOptions options;
        options.interrupt = &interrupt;
        Whole whole(diamond(), *m_shop);
        QCOMPARE(workInJob(folder, whole, options).error().code, ErrorCode::Interrupted);
        QCOMPARE(stateSince(folder, 0, unixMs())->state, JobState::Stopped);
    }

    void aPauseOfTheWholePausesTheOneAtWork()
    {
        const JobFolder folder = make();
        bool asked = false;
        m_shop->onStep = [&](const JobFolder& child, std::int64_t) {
            if (!asked) {
                asked = true;
                folder.sendCommand(Command::Pause).value();
                waitForCommand(child);
            }
        };
        WorkOptions options;
        options.observer = [&](const events::Event& event) {
            if (event.as<events::Paused>() != nullptr) {
                folder.sendCommand(Command::Continue).value();
            }
        };
        Whole whole(diamond(), *m_shop);
        QVERIFY(workInJob(folder, whole, options).has_value());
        QCOMPARE(all<events::Paused>(folder).size(), std::size_t{1});
        QCOMPARE(all<events::Continued>(folder).size(), std::size_t{1});
        QCOMPARE(all<events::Paused>(JobFolder::open(m_home, whole.outcomes[0].folder.string()).value()).size(), std::size_t{1});
    }

    void aFailureEndsAllOrLeavesOutWhatNeedsIt()
    {
        auto nodes = diamond();
        nodes[0].options["fails"] = true;
        Whole strict(nodes, *m_shop);
        QCOMPARE(workInJob(make(), strict, {}).error().code, ErrorCode::BadFile);
        QCOMPARE(m_shop->worked, (std::vector<std::string>{"a"}));
        const JobFolder folder = make();
        Whole tolerant(nodes, *m_shop, true);
        QVERIFY(workInJob(folder, tolerant, {}).has_value());
        using State = NodeOutcome::State;
        const State expected[] = {State::Failed, State::Done, State::LeftOut, State::LeftOut};
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            QCOMPARE(tolerant.outcomes[i].state, expected[i]);
        }
        QVERIFY(tolerant.outcomes[0].error.sentence().find("it does not work") != std::string::npos);
        QCOMPARE(all<events::Child>(folder).back().state, std::string("left_out"));
    }

    void aNodeThatSomebodyElseWorksInIsWaitedFor()
    {
        const JobGraph graph(diamond(), *m_shop);
        const JobFolder held = JobFolder::create(m_home, {"write", "a", diamond()[0].options, graph.key(0), 0}).value();
        auto lock = std::make_unique<JobLock>(JobLock::acquire(held).value());
        std::jthread other([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            lock.reset();
        });
        Whole whole(diamond(), *m_shop);
        QVERIFY(workInJob(make(), whole, {}).has_value());
        QCOMPARE(whole.outcomes[0].folder, held.path());
    }

private:
    [[nodiscard]] JobFolder make() const { return JobFolder::create(m_home, {"graph", "whole", {}, {}, 0}).value(); }

    /// Until what was asked of the whole has come to the child.
    static void waitForCommand(const JobFolder& child) { QTRY_VERIFY(fs::exists(child.controlFile())); }

    std::unique_ptr<QTemporaryDir> m_place;
    Home m_home;
    std::unique_ptr<Shop> m_shop;
};

LORI_TEST(JobGraphTest)
#include "job_graph_test.moc"
