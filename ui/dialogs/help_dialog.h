// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>
#include <QVector>

class QListWidget;
class QTextBrowser;

namespace lori::ui {

/// A text of resources/help.
struct HelpTopic {
    QString file;  ///< its name without ending: "page-05-runs"
    QString title; ///< its first heading
    QString text;  ///< Markdown
};

/// First steps, words, a text a page, and what was measured with this program: resources/help in the window's language.
class HelpDialog final : public QDialog {
    Q_OBJECT

public:
    /// Opens at the first topic whose file's name ends with `topic`: "runs", "small-story"; at the first of all without one.
    explicit HelpDialog(const QString& topic, QWidget* parent = nullptr);

    /// The texts of a language ("en", "zh_CN"), by file name; English where a language has none.
    [[nodiscard]] static QVector<HelpTopic> topics(const QString& language);
    /// In the window's language.
    [[nodiscard]] static QVector<HelpTopic> topics();

private:
    void show(int topic);

    QVector<HelpTopic> m_topics;
    QListWidget* m_list = nullptr;
    QTextBrowser* m_text = nullptr;
};

} // namespace lori::ui
