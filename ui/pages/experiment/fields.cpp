// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/fields.h"

#include "ui/text.h"

namespace lori::ui {

std::vector<std::pair<QString, QString>> ExperimentFields::starterTasks()
{
    std::vector<std::pair<QString, QString>> tasks;
    for (const char* name : {"safety", "maths", "language", "code"}) {
        tasks.emplace_back(QString::fromLatin1(name), Text::task(QString::fromLatin1(name)));
    }
    return tasks;
}

std::vector<FieldSection> ExperimentFields::sections(const experiment::RunConfig& config)
{
    std::vector<FieldSection> all;
    for (std::size_t i = 0; i < config.data.sources.size(); ++i) {
        all.push_back(source(i, config.data.sources.size()));
    }
    all.push_back(data());
    all.push_back(adapter());
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        all.push_back(stage(i, config.stages[i]));
    }
    all.push_back(turns());
    all.push_back(optimizer());
    all.push_back(evaluation());
    all.push_back(machine());
    return all;
}

FieldSection ExperimentFields::source(std::size_t index, std::size_t count)
{
    const QString at = QStringLiteral("data.sources[%1].").arg(index);
    auto tasks = starterTasks();
    tasks.insert(tasks.begin(), {QString(), tr("None: my own file")});
    return {QStringLiteral("source%1").arg(index),
            count > 1 ? tr("Training data, source %1").arg(index + 1) : tr("Training data"),
            {{at + QStringLiteral("task"),
              FieldKind::Choice,
              tr("&Starter task"),
              tr("Rows that come with the program; or choose your own file below."),
              {},
              0,
              0,
              tr("a starter task, or none"),
              tasks},
             {at + QStringLiteral("file"),
              FieldKind::File,
              tr("Own &file"),
              tr("A JSONL, JSON or CSV file with one row per example."),
              {},
              0,
              0,
              tr("JSONL, JSON or CSV"),
              {}},
             {at + QStringLiteral("promptTemplate"),
              FieldKind::Choice,
              tr("&Prompt form"),
              tr("How a row becomes the text the model sees."),
              {},
              0,
              0,
              tr("one of five"),
              {{QStringLiteral("chat"), tr("The model's own chat form")},
               {QStringLiteral("alpaca"), tr("Alpaca")},
               {QStringLiteral("alpaca-reference"), tr("Alpaca, as the reference indents it")},
               {QStringLiteral("question-reference"), tr("Question and step by step, as the reference")},
               {QStringLiteral("plain"), tr("Nothing around the text")}}},
             {at + QStringLiteral("maxRows"),
              FieldKind::Whole,
              tr("At most this many &rows"),
              tr("0 takes every row."),
              tr("rows"),
              0,
              1e9,
              tr("0 or more"),
              {}},
             {at + QStringLiteral("columns.instruction"),
              FieldKind::Line,
              tr("Column of the &instruction"),
              tr("Empty: found by looking at the first rows. Only for your own file."),
              {},
              0,
              0,
              tr("a column name"),
              {}},
             {at + QStringLiteral("columns.input"),
              FieldKind::Line,
              tr("Column of the i&nput"),
              tr("Context beside the instruction. Empty: found by itself."),
              {},
              0,
              0,
              tr("a column name"),
              {}},
             {at + QStringLiteral("columns.output"),
              FieldKind::Line,
              tr("Column of the &output"),
              tr("The answer to learn. Empty: found by itself."),
              {},
              0,
              0,
              tr("a column name"),
              {}},
             {at + QStringLiteral("columns.system"),
              FieldKind::Line,
              tr("Column of the s&ystem text"),
              tr("A turn of its own in front of the others. Empty: found by itself."),
              {},
              0,
              0,
              tr("a column name"),
              {}},
             {at + QStringLiteral("columns.history"),
              FieldKind::Line,
              tr("Column of ear&lier turns"),
              tr("What was said before the instruction. Empty: found by itself."),
              {},
              0,
              0,
              tr("a column name"),
              {}},
             {at + QStringLiteral("columns.messages"),
              FieldKind::Line,
              tr("Column of the &messages"),
              tr("A list of chat turns; excludes instruction, input, output and earlier turns."),
              {},
              0,
              0,
              tr("a column name"),
              {}}}};
}

FieldSection ExperimentFields::data()
{
    return {QStringLiteral("data"),
            tr("Rows and lengths"),
            {{QStringLiteral("data.folder"),
              FieldKind::File,
              tr("Folder of published &sets"),
              tr("Where BoolQ, GSM8K, HumanEval and the others lie; empty is the program's own data folder."),
              {},
              0,
              0,
              tr("a folder, or empty"),
              {}},
             {QStringLiteral("data.heldOutShare"),
              FieldKind::Share,
              tr("&Held-out share"),
              tr("Rows never trained on, to see whether the model only memorizes."),
              tr("%"),
              0,
              50,
              tr("0 to 50 %"),
              {}},
             {QStringLiteral("data.heldOutMaxRows"),
              FieldKind::Whole,
              tr("Held-out rows &measured"),
              tr("At most this many are measured at each check."),
              tr("rows"),
              0,
              1e6,
              tr("0 or more"),
              {}},
             {QStringLiteral("data.maxTokens"),
              FieldKind::Whole,
              tr("&Longest row"),
              tr("Prompt and response together; longer rows are cut and counted."),
              tr("tokens"),
              1,
              1e6,
              tr("8 to 1,000,000"),
              {}},
             {QStringLiteral("data.maxPromptTokens"),
              FieldKind::Whole,
              tr("Longest p&rompt"),
              tr("Must be below the longest row, so that the response has room."),
              tr("tokens"),
              1,
              1e6,
              tr("1 or more"),
              {}},
             {QStringLiteral("data.truncation"),
              FieldKind::Choice,
              tr("&Cutting long rows"),
              tr("What is dropped when a row is too long."),
              {},
              0,
              0,
              tr("one of two"),
              {{QStringLiteral("keep-response"), tr("Keep the response, shorten the prompt")},
               {QStringLiteral("reference"), tr("As the reference: the end may be lost")}}},
             {QStringLiteral("data.order"),
              FieldKind::Choice,
              tr("&Order of rows"),
              tr("In which order rows are visited."),
              {},
              0,
              0,
              tr("one of two"),
              {{QStringLiteral("seeded"), tr("Shuffled each epoch from the seed")},
               {QStringLiteral("reference"), tr("As the reference; drops the last short batch")}}}}};
}

FieldSection ExperimentFields::turns()
{
    return {
        QStringLiteral("turns"),
        tr("Turns and marks"),
        {{QStringLiteral("data.endAfterCut"),
          FieldKind::Flag,
          tr("End a cut ans&wer"),
          tr("Puts the end mark after an answer that was cut; it teaches to stop in mid-sentence."),
          {},
          0,
          0,
          tr("on or off"),
          {}},
         {QStringLiteral("data.learnedTurns"),
          FieldKind::Choice,
          tr("Learned &turns"),
          tr("Which answers of a conversation of several turns are learned."),
          {},
          0,
          0,
          tr("one of two"),
          {{QStringLiteral("all"), tr("Every answer of a conversation")}, {QStringLiteral("last"), tr("Only the last answer")}}},
         {QStringLiteral("data.addBos"),
          FieldKind::Flag,
          tr("Put a &begin-of-text mark first"),
          tr("The reference does not."),
          {},
          0,
          0,
          tr("on or off"),
          {}}}};
}

FieldSection ExperimentFields::adapter()
{
    FieldSection section{QStringLiteral("adapter"),
                         tr("Adapter"),
                         {{QStringLiteral("adapter.rank"),
                           FieldKind::Whole,
                           tr("Ran&k"),
                           tr("Width of the adapter: more can learn more and needs more memory."),
                           {},
                           0,
                           4096,
                           tr("1 to 1024"),
                           {}},
                          {QStringLiteral("adapter.alpha"),
                           FieldKind::Real,
                           tr("&Alpha"),
                           tr("Strength of the adapter: its output is multiplied by alpha ÷ rank."),
                           {},
                           0,
                           0,
                           tr("above 0; twice the rank is usual"),
                           {}},
                          {QStringLiteral("adapter.targets"),
                           FieldKind::Projections,
                           tr("Ada&pted projections"),
                           tr("The layers of each block that carry the adapter; all seven is usual."),
                           {},
                           0,
                           0,
                           tr("at least one of seven"),
                           {}},
                          {QStringLiteral("adapter.projectionSeed"),
                           FieldKind::Whole,
                           tr("Seed of the fro&zen A"),
                           tr("A is random and never trained; the same seed gives the same A."),
                           {},
                           0,
                           0,
                           tr("a whole number, 0 or more"),
                           {}}}};
    addMethodFields(section);
    return section;
}

} // namespace lori::ui
