// SPDX-License-Identifier: Apache-2.0
// Quantized blocks with values worked out by hand from each format's definition.
#include "core/formats/tensor_file.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

namespace {

/// Two blocks of the same bytes: a reader that steps wrongly gives other values for the second.
std::vector<float> twoBlocks(DType dtype, std::int64_t entries, const std::string& block)
{
    std::vector<float> values(static_cast<std::size_t>(2 * entries));
    const std::string bytes = block + block;
    toFloat({"t", dtype, {2 * entries}, std::as_bytes(std::span(bytes))}, values).value();
    return values;
}

/// Compares both blocks with what `expected(i)` says about entry i.
template <typename Expected>
void compare(const std::vector<float>& values, const Expected& expected)
{
    const std::size_t entries = values.size() / 2;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float wanted = static_cast<float>(expected(static_cast<int>(i % entries)));
        QVERIFY2(values[i] == wanted,
                 qPrintable(QString("entry %1 is %2, not %3").arg(i).arg(double(values[i])).arg(double(wanted))));
    }
}

std::string repeated(std::size_t count, int byte)
{
    return std::string(count, static_cast<char>(byte));
}

/// Bytes whose low nibbles count up and whose high nibbles count down.
std::string countingNibbles(std::size_t count)
{
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) {
        bytes += static_cast<char>((i % 16) | ((15 - i % 16) << 4U));
    }
    return bytes;
}

/// The twelve bytes of Q4_K and Q5_K with scales 1, 2, 3, 4, 17, 34, 51, 4 and minima 5, 6, 7, 8, 9, 26, 43, 60.
std::string packedScales()
{
    const int top = 64;
    const std::vector<int> bytes{1 + top,     2 + 2 * top, 3 + 3 * top, 4,           5,           6 + top,
                                 7 + 2 * top, 8 + 3 * top, 1 + 9 * 16,  2 + 10 * 16, 3 + 11 * 16, 4 + 12 * 16};
    std::string text;
    for (const int byte : bytes) {
        text += static_cast<char>(byte);
    }
    return text;
}
constexpr int kScales[8] = {1, 2, 3, 4, 17, 34, 51, 4};
constexpr int kMinima[8] = {5, 6, 7, 8, 9, 26, 43, 60};
constexpr int kCurveValues[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};
constexpr int kTwoBitSteps = 0xe4; ///< the bit pairs 0, 1, 2, 3, lowest first

} // namespace

class BlocksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void q50HasAFifthBitForEachEntry()
    {
        const std::string block = littleEndian(kHalfTwo) + littleEndian<std::uint32_t>(0x0000ffff) + countingNibbles(16);
        compare(twoBlocks(DType::Q5_0, 32, block), [](int i) { return i < 16 ? 2 * i : 2 * (31 - i - 16); });
    }

    void q51AddsItsMinimum()
    {
        const std::string block =
            littleEndian(kHalfTwo) + littleEndian(kHalfMinusHalf) + littleEndian<std::uint32_t>(0xffff0000) + countingNibbles(16);
        compare(twoBlocks(DType::Q5_1, 32, block), [](int i) { return (i < 16 ? 2 * i : 2 * (31 - i + 16)) - 0.5; });
    }

    void iq4NlLooksItsNibblesUp()
    {
        const std::string block = littleEndian(kHalfTwo) + countingNibbles(16);
        compare(twoBlocks(DType::IQ4_NL, 32, block), [](int i) { return 2 * kCurveValues[i < 16 ? i : 31 - i]; });
    }

    void iq4XsScalesEachThirtyTwo()
    {
        const std::string block =
            littleEndian(kHalfOne) + littleEndian<std::uint16_t>(0xe4e4) + repeated(4, 0x21) + countingNibbles(128);
        compare(twoBlocks(DType::IQ4_XS, 256, block), [](int i) {
            const int part = i / 32;
            const int scale = (part % 2 == 0 ? 1 : 2) + 16 * (part % 4) - 32;
            const int within = i % 32;
            return scale * kCurveValues[within < 16 ? within : 31 - within];
        });
    }

    void q2kHasAScaleAndAMinimumForEachSixteen()
    {
        std::string q = repeated(64, kTwoBitSteps);
        q[0] = static_cast<char>(0xff); // entry 0 of the parts 0, 2, 4 and 6
        q[49] = 0;                      // entry 1 of the parts 9, 11, 13 and 15
        const std::string block = countingNibbles(16) + q + littleEndian(kHalfTwo) + littleEndian(kHalfMinusHalf);
        compare(twoBlocks(DType::Q2_K, 256, block), [](int i) {
            const int part = i / 16;
            const bool isFirst = i % 16 == 0 && part < 8 && part % 2 == 0;
            const bool isSecond = i % 16 == 1 && part > 8 && part % 2 == 1;
            const int value = isFirst ? 3 : isSecond ? 0 : part % 8 / 2;
            return 2.0 * part * value + 0.5 * (15 - part);
        });
    }

    void q3kSubtractsFourWhereTheMaskHasNoBit()
    {
        std::string mask = repeated(32, 0xff);
        mask[0] = 0;  // entry 0 of every even part
        mask[17] = 1; // entry 1 of the odd parts, all but part 1
        std::string scales;
        for (int i = 0; i < 8; ++i) {
            scales += static_cast<char>(i | ((i + 8) << 4));
        }
        scales += repeated(4, kTwoBitSteps);
        const std::string block = mask + repeated(64, kTwoBitSteps) + scales + littleEndian(kHalfTwo);
        compare(twoBlocks(DType::Q3_K, 256, block), [](int i) {
            const int part = i / 16;
            const bool isBelow = (i % 16 == 0 && part % 2 == 0) || (i % 16 == 1 && part % 2 == 1 && part > 1);
            const int scale = part + 16 * (part / 4) - 32;
            return 2 * scale * (part % 8 / 2 - (isBelow ? 4 : 0));
        });
    }

    void q4kHasAScaleAndAMinimumForEachThirtyTwo()
    {
        const std::string block = littleEndian(kHalfTwo) + littleEndian(kHalfMinusHalf) + packedScales() + countingNibbles(128);
        compare(twoBlocks(DType::Q4_K, 256, block), [](int i) {
            const int part = i / 32;
            const int value = part % 2 == 0 ? i % 16 : 15 - i % 16;
            return 2.0 * kScales[part] * value + 0.5 * kMinima[part];
        });
    }

    void q5kKeepsTheFifthBitsOfAllPartsInTheSameBytes()
    {
        std::string fifth = repeated(32, 0x0f); // the parts 0 to 3
        fifth[3] = static_cast<char>(0x80);     // entry 3 of part 7 alone
        const std::string block =
            littleEndian(kHalfTwo) + littleEndian(kHalfMinusHalf) + packedScales() + fifth + countingNibbles(128);
        compare(twoBlocks(DType::Q5_K, 256, block), [](int i) {
            const int part = i / 32;
            const bool hasFifth = i % 32 == 3 ? part == 7 : part < 4;
            const int value = (part % 2 == 0 ? i % 16 : 15 - i % 16) + (hasFifth ? 16 : 0);
            return 2.0 * kScales[part] * value + 0.5 * kMinima[part];
        });
    }

    void q6kTakesFourBitsFromOneByteAndTwoFromAnother()
    {
        std::string low = repeated(128, 0x21);
        low[64 + 32] = static_cast<char>(0x8f); // entry 0 of the parts 10 and 14
        std::string scales;
        for (int part = 0; part < 16; ++part) {
            scales += static_cast<char>(part - 8);
        }
        const std::string block = low + repeated(64, kTwoBitSteps) + scales + littleEndian(kHalfTwo);
        compare(twoBlocks(DType::Q6_K, 256, block), [](int i) {
            const int part = i / 16;
            const bool isOther = i % 16 == 0 && (part == 10 || part == 14);
            const int nibble = isOther ? (part == 10 ? 15 : 8) : part % 8 < 4 ? 1 : 2;
            return 2 * (part - 8) * (nibble + 16 * (part % 8 / 2) - 32);
        });
    }

    void q8kIsScaledBytesWithSumsBehindThem()
    {
        std::string block = littleEndian(0.5F);
        for (int i = 0; i < 256; ++i) {
            block += static_cast<char>(i - 128);
        }
        compare(twoBlocks(DType::Q8_K, 256, block + repeated(32, 0x55)), [](int i) { return 0.5 * (i - 128); });
    }

    void blocksAreCountedWhole()
    {
        for (const auto& [dtype, entries, bytes] : {std::tuple{DType::Q5_0, 32, 22},
                                                    {DType::Q5_1, 32, 24},
                                                    {DType::IQ4_NL, 32, 18},
                                                    {DType::IQ4_XS, 256, 136},
                                                    {DType::Q2_K, 256, 84},
                                                    {DType::Q3_K, 256, 110},
                                                    {DType::Q4_K, 256, 144},
                                                    {DType::Q5_K, 256, 176},
                                                    {DType::Q6_K, 256, 210},
                                                    {DType::Q8_K, 256, 292}}) {
            const auto count = static_cast<std::uint64_t>(entries);
            QCOMPARE(byteSize(dtype, 3 * count).value(), static_cast<std::uint64_t>(3 * bytes));
            QCOMPARE(byteSize(dtype, 3 * count - 1).error().code, ErrorCode::InvalidArgument);
        }
    }
};

LORI_TEST(BlocksTest)
#include "blocks_test.moc"
