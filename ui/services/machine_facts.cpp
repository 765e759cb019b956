// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/machine_facts.h"

#include "core/support/files.h"
#include "ui/text.h"

#include <QDir>
#include <QFile>
#include <QThread>

namespace lori::ui {

namespace {

std::int64_t memoryLine(const QByteArray& meminfo, const QByteArray& name)
{
    const qsizetype at = meminfo.indexOf(name + ':');
    if (at < 0) {
        return 0;
    }
    const QByteArray rest = meminfo.mid(at + name.size() + 1, 40);
    return rest.left(rest.indexOf("kB")).trimmed().toLongLong() * 1024;
}

QString nvidiaCard()
{
    const QDir cards(QStringLiteral("/proc/driver/nvidia/gpus"));
    for (const QString& card : cards.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile information(cards.filePath(card) + QStringLiteral("/information"));
        if (!information.open(QIODevice::ReadOnly)) {
            continue;
        }
        const QList<QByteArray> lines = information.readAll().split('\n');
        for (const QByteArray& line : lines) {
            if (line.startsWith("Model:")) {
                return QString::fromUtf8(line.mid(6)).trimmed();
            }
        }
    }
    return {};
}

} // namespace

MachineFacts MachineFacts::read(const std::filesystem::path& diskOf)
{
    MachineFacts facts;
    facts.cores = QThread::idealThreadCount();
    QFile file(QStringLiteral("/proc/meminfo"));
    if (file.open(QIODevice::ReadOnly)) {
        const QByteArray meminfo = file.readAll();
        facts.memoryBytes = memoryLine(meminfo, "MemTotal");
        facts.freeMemoryBytes = memoryLine(meminfo, "MemAvailable");
    }
    if (const auto disk = lori::freeDiskBytes(diskOf)) {
        facts.freeDiskBytes = static_cast<std::int64_t>(*disk);
    }
    facts.gpu = nvidiaCard();
    return facts;
}

QString MachineFacts::line() const
{
    return QStringList{tr("%n core(s)", nullptr, cores),
                       tr("%1 memory, %2 free")
                           .arg(Text::bytes(static_cast<double>(memoryBytes)), Text::bytes(static_cast<double>(freeMemoryBytes))),
                       tr("%1 disk free").arg(Text::bytes(static_cast<double>(freeDiskBytes))),
                       gpu.isEmpty() ? tr("no graphics card for training") : gpu}
        .join(QStringLiteral(" · "));
}

} // namespace lori::ui
