// SPDX-License-Identifier: Apache-2.0
// One of every event, and the files that hold them: tests/events/golden_events.jsonl and core/events/EVENTS.md.
#include "core/events/event.h"
#include "core/events/event_fields.h"
#include "core/support/files.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <limits>
#include <set>
#include <sstream>

using namespace lori;
using namespace lori::events;

namespace {

/// Every field of every event has a value of its own that is not its default.
std::vector<Payload> oneOfEach()
{
    return {
        Unknown{"of_a_newer_program", {{"anything", {1, 2}}}},
        Started{41, "box", "lori 0.1.0", "cpu", 2, "onednn", true, {"Some CPU", 8, 16'000'000'000, "Some GPU"}},
        Plan{{{2, "Safety", "lori-d", 60}}, "ab12", 800, 40, 7, 4, 3, {{"lori-d", 4976640}}},
        Inputs{{{"data", "rows.jsonl", "/data/rows.jsonl", 1234, "cd34", std::nullopt}}},
        DataChanged{{{"mask", "m.safetensors", "/data/m.safetensors", 12, "ef56", "0123"}}},
        StageStarted{0, "Safety", "lori-d", 60, 10, 4976640},
        Progress{0, "evaluating safety", 3, 75, 12.5},
        Step{0, 11, 12.5, 1200, 8, 0.5, 5e-4, 210.5, 30.25, 1.25},
        HeldOut{0, 11, 15, 40, 1.5},
        Score{0, 60, "safety", "refusal_rate", 0.9, 0.8, 0.95, 36, 40, false, false, ScoreHead{18, 20}, "items/a.jsonl", true},
        Checkpoint{0, 50, "checkpoints/stage-0-step-50.safetensors", 59'000'000},
        Mask{1, "masks/1-mask.safetensors", 0.9, "model", "reference", 497664, 4976640, 0.0012, 17},
        MaskMoment{0, 10, 1, "masks/moments/1-10.safetensors", 497660, 4976640},
        Adapter{0, "adapter/0-lori-d", "lori-d", 4976640, 60, 39'000'000, "7890"},
        Seal{0, true, true, true, "a1", "b2"},
        StageFinished{0, 61.5},
        Note{"warning", "truncated_rows", 0, "7 rows were shortened.", {{"rows", 7}}},
        Heartbeat{"running", 0, 11, 1'200'000'000, 1'300'000'000, 4'000'000'000, 50'000'000'000},
        Paused{0, 11},
        Continued{0, 12},
        Changed{0, 12, "learning-rate", 1e-4},
        Artifact{"merge", "merged", "fe01", 4096, {"ab12", "cd34"}},
        Child{"sparse-1", "train", "failed", "/runs/recipe-sparse-1-ab12", 3, 8, 61.5, "it did not work"},
        Finished{90.5},
        Stopped{2, 5, false},
        Failed{{"out_of_memory", "there is no memory left", "use fewer rows per step", "step 5"}}};
}

std::string golden()
{
    std::string text;
    std::int64_t seq = 0;
    for (const Payload& payload : oneOfEach()) {
        ++seq;
        text += toLine({seq, 1'763'733'600'000 + seq * 1000, payload}) + "\n";
    }
    return text;
}

std::string fileText(const std::string& path)
{
    return readTextFile(std::filesystem::path(LORI_SOURCE_DIR) / path).value();
}

} // namespace

class EventTypesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thereIsOneOfEachInOrder()
    {
        const auto all = oneOfEach();
        QCOMPARE(all.size(), std::variant_size_v<Payload>);
        std::set<std::string_view> names;
        for (std::size_t i = 0; i < all.size(); ++i) {
            QCOMPARE(all[i].index(), i);
            names.insert(typeOf(all[i]));
        }
        QCOMPARE(names.size(), all.size());
    }

    /// What is written today is what was written when the file was made: an older program can read it, and this one the older.
    void theGoldenFileIsWrittenAndReadAsItIs()
    {
        QCOMPARE(QString::fromStdString(golden()), QString::fromStdString(fileText("tests/events/golden_events.jsonl")));
        std::istringstream lines(fileText("tests/events/golden_events.jsonl"));
        std::string line;
        for (const Payload& payload : oneOfEach()) {
            QVERIFY(static_cast<bool>(std::getline(lines, line)));
            const Event read = eventFromLine(line).value();
            QVERIFY2(read.payload == payload, line.c_str());
        }
    }

    /// Every field is written: none of the values above is lost, and each is told apart from the default.
    void noFieldIsLeftToItsDefault()
    {
        for (const Payload& payload : oneOfEach()) {
            std::visit(Overloaded{[](const Unknown&) {},
                                  [](const auto& e) {
                                      using Message = std::remove_cvref_t<decltype(e)>;
                                      Message plain;
                                      FieldDocs docs;
                                      visitFields(docs, plain);
                                      const json written = fieldsOf(e);
                                      const json defaults = fieldsOf(plain);
                                      for (const FieldDoc& doc : docs.take()) {
                                          if (doc.name.find_first_of("[.") != std::string::npos) {
                                              continue; // inside another one
                                          }
                                          QVERIFY2(written.contains(doc.name), doc.name.c_str());
                                          QVERIFY2(!defaults.contains(doc.name) || defaults[doc.name] != written[doc.name] ||
                                                       doc.name == "stage",
                                                   (std::string(Message::kType) + "." + doc.name).c_str());
                                          QVERIFY2(doc.meaning.size() > 2, doc.name.c_str());
                                      }
                                  }},
                       payload);
        }
    }

    void theDocumentationIsThatOfTheFields()
    {
        QCOMPARE(QString::fromStdString(fileText("core/events/EVENTS.md")), QString::fromStdString(documentation()));
    }

    void whatIsMissingOrOfAnotherKindKeepsItsDefault()
    {
        const Event event =
            eventFromLine(R"({"version":1,"seq":1,"timeMs":1,"type":"step","stage":"no","step":1.5,"loss":"x","rows":1e30})")
                .value();
        const Step* step = event.as<Step>();
        QVERIFY(step != nullptr);
        QCOMPARE(step->stage, std::int64_t{-1});
        QCOMPARE(step->step, std::int64_t{1});
        QVERIFY(!step->loss);
        QCOMPARE(step->rows, std::int64_t{0});
        const Event plan =
            eventFromLine(R"({"version":1,"seq":1,"timeMs":1,"type":"plan","stages":[1,{"index":3,"steps":"x"}],"trainable":[]})")
                .value();
        QCOMPARE(plan.as<Plan>()->stages.size(), std::size_t{1});
        QCOMPARE(plan.as<Plan>()->stages[0].index, std::int64_t{3});
    }

    void aLossThatIsNotFiniteIsNull()
    {
        const std::string line = toLine({1, 1, Step{.loss = std::numeric_limits<double>::quiet_NaN()}});
        QVERIFY(line.find(R"("loss":null)") != std::string::npos);
        QVERIFY(!eventFromLine(line)->as<Step>()->loss);
    }

    void theFieldsOfALineAreKeptAsTheyCameForTheHistory()
    {
        std::string fields;
        const Event event =
            eventFromLine(R"({"version":1,"seq":1,"timeMs":1,"type":"step","newer":[1],"loss":2.5})", &fields).value();
        QCOMPARE(fields, std::string(R"({"loss":2.5,"newer":[1]})"));
        QVERIFY(payloadFrom("step", fields) == event.payload);
    }

    void requestsAreReadStrictly()
    {
        QVERIFY(requestOf<Paused>(json{{"stage", 1}}).has_value());
        const auto unknown = requestOf<Plan>(json{{"stages", {{{"index", 1}, {"stepz", 2}}}}});
        QCOMPARE(unknown.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(unknown.error().where, std::string("stages[0].stepz"));
        const auto wrong = requestOf<Paused>(json{{"stage", "one"}});
        QCOMPARE(wrong.error().sentence(), std::string("stage: must be a whole number, is \"one\"; correct this field"));
    }

    void errorsKeepTheirParts()
    {
        const Error error{ErrorCode::DiskFull, "no space", "free some", "a.bin"};
        const Error back = errorOf(failedOf(error));
        QCOMPARE(back.code, error.code);
        QCOMPARE(back.sentence(), error.sentence());
        QCOMPARE(errorOf(Failed{}).what, std::string("the run failed without saying why"));
    }
};

LORI_TEST(EventTypesTest)
#include "event_types_test.moc"
