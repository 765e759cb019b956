// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/error_text.h"

#include <QRegularExpression>

#include <array>

namespace lori::ui {

namespace {

struct Pattern {
    const char* expression;
    const char* text; ///< translated in the context of ErrorText; %1 … are the captures
};

constexpr std::array kPatterns{
    Pattern{"^must be between (.+) and (.+), is (.+)$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be between %1 and %2, is %3")},
    Pattern{"^must be a finite number above 0, is (.+)$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be a number above 0, is %1")},
    Pattern{"^must be at least 0 and below 1, is (.+)$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be at least 0 and below 1, is %1")},
    Pattern{"^must be above 0 and at most 10000, is (.+)$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be above 0 and at most 10,000, is %1")},
    Pattern{"^must be below maxTokens \\((.+)\\), is (.+)$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be below the longest row (%1), is %2")},
    Pattern{"^must not exceed batchRows \\((.+)\\), is (.+)$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must not exceed the rows per step (%1), is %2")},
    Pattern{"^is 0, so nothing watches for the fall while training$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "is 0, so nothing watches for the fall while training: give the steps "
                                                     "between two checks, or no floor")},
    Pattern{"^is empty$", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "is empty")},
    Pattern{"^is longer than 200 bytes$", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "is too long")},
    Pattern{"^no projection is chosen$", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "no projection is chosen")},
    Pattern{"^there is nothing to train on$", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there is nothing to train on")},
    Pattern{"^there are no stages$", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there are no stages")},
    Pattern{"^names neither a task nor a file$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose a starter task or a file of your own")},
    Pattern{"^names both a task and a file$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "has a starter task and a file; only one of them is possible")},
    Pattern{"^columns belong to files.*$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "columns are only for your own file; leave them empty")},
    Pattern{"^names a messages column together with others$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "a messages column excludes the other columns")},
    Pattern{"^code cannot be scored.*$",
            QT_TRANSLATE_NOOP("lori::ui::ErrorText", "code cannot be scored: running generated programs needs a sandbox")},
    Pattern{"^\"(.+)\" is named twice$", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is named twice")},
};

} // namespace

QString ErrorText::problem(const experiment::ConfigIssue& issue)
{
    const QString said = QString::fromStdString(issue.problem);
    for (const Pattern& pattern : kPatterns) {
        const auto match = QRegularExpression(QString::fromLatin1(pattern.expression)).match(said);
        if (match.hasMatch()) {
            QString text = tr(pattern.text);
            for (const QString& captured : match.capturedTexts().mid(1)) {
                text = text.arg(captured);
            }
            return text;
        }
    }
    return said;
}

QString ErrorText::kind(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return tr("A value is not allowed");
    case ErrorCode::NotFound:
        return tr("Something is not there");
    case ErrorCode::BadFile:
        return tr("A file is damaged or of another kind");
    case ErrorCode::Unsupported:
        return tr("This kind is not supported");
    case ErrorCode::Mismatch:
        return tr("Two things do not belong together");
    case ErrorCode::AlreadyExists:
        return tr("Something is there already");
    case ErrorCode::Busy:
        return tr("Another program is using it");
    case ErrorCode::NewerVersion:
        return tr("It was made by a newer version of this program");
    case ErrorCode::Io:
        return tr("Reading or writing failed");
    case ErrorCode::DiskFull:
        return tr("The disk is full");
    case ErrorCode::OutOfMemory:
        return tr("There is not enough memory");
    case ErrorCode::NonFinite:
        return tr("The numbers ran away: the loss is no longer finite");
    case ErrorCode::Stopped:
        return tr("Stopped; what was done is kept");
    case ErrorCode::Interrupted:
        return tr("Interrupted before anything could be kept");
    case ErrorCode::Internal:
        break;
    }
    return tr("A defect in this program");
}

QString ErrorText::sentence(const Error& error)
{
    return tr("%1 – %2").arg(kind(error.code), QString::fromStdString(error.sentence()));
}

} // namespace lori::ui
