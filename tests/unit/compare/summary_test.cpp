// The summary of comparisons that are written down here.
#include "compare/summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace compare {
namespace {

StructureRow row(const std::string& id, Judged judged, float mean_mm) {
  StructureRow made;
  made.id = id;
  made.name = id + ", a \"name\"";
  made.judged = judged;
  made.kind = judged == Judged::kMuscle ? anatomy::Kind::kMuscle : anatomy::Kind::kBone;
  made.side = anatomy::Side::kLeft;
  made.distance = geom::SurfaceDistance{1e-3f * (mean_mm - 0.5f), 1e-3f * (mean_mm + 0.5f)};
  made.mesh = MeshFaults{};
  return made;
}

const Measure& measure_of(const std::vector<Measure>& measures, const std::string& id) {
  const auto it =
      std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.id == id; });
  EXPECT_NE(it, measures.end()) << id;
  return *it;
}

TEST(Summary, MediansAndTheWorst) {
  Comparison c;
  c.rows = {row("a", Judged::kMuscle, 1.0f), row("b", Judged::kMuscle, 1.6f),
            row("c", Judged::kMuscle, 4.1f), row("d", Judged::kMuscle, 1.1f),
            row("e", Judged::kBone, 9.0f),   row("f", Judged::kNo, 50.0f)};
  const auto measures = summarise(c);
  const Measure& median = measure_of(measures, "muscle_median_mm");
  EXPECT_NEAR(median.measured, 1.35, 1e-4);
  EXPECT_EQ(median.count, 4u);
  EXPECT_EQ(median.must_verdict, Verdict::kPass);
  EXPECT_EQ(median.aim_verdict, Verdict::kFail);
  const Measure& worst = measure_of(measures, "muscle_worst_mm");
  EXPECT_NEAR(worst.measured, 4.1, 1e-4);
  EXPECT_EQ(worst.must_verdict, Verdict::kFail);
  EXPECT_EQ(worst.offenders, std::vector<std::string>{"c"});
  EXPECT_NEAR(measure_of(measures, "bone_median_mm").measured, 9.0, 1e-4);
}

TEST(Summary, VolumesCountOnlyWhereTheReferenceHasOne) {
  Comparison c;
  for (int i = 0; i < 10; ++i) {
    c.rows.push_back(row("m" + std::to_string(i), Judged::kMuscle, 1.0f));
    if (i < 5) c.rows.back().volume_ratio = i == 0 ? 1.3 : 1.1;
  }
  const auto measures = summarise(c);
  const Measure& must = measure_of(measures, "volume_must_percent");
  EXPECT_EQ(must.count, 5u);
  EXPECT_NEAR(must.measured, 80.0, 1e-9);
  EXPECT_EQ(must.must_verdict, Verdict::kPass);  // 80 of a hundred are enough
  EXPECT_EQ(must.offenders, std::vector<std::string>{"m0"});
  EXPECT_EQ(measure_of(measures, "volume_aim_percent").aim_verdict, Verdict::kFail);
}

TEST(Summary, OneBadMeshOneMissingOneInDisorderFail) {
  Comparison c;
  c.symmetric = true;
  c.rows = {row("a", Judged::kMuscle, 1.0f), row("b", Judged::kMuscle, 1.0f)};
  c.rows[0].mesh->open_edges = 1;
  c.rows[0].order_share = 0.0101f;
  c.rows[1].order_share = 0.0f;
  c.rows[1].mirror_m = 2e-5f;
  c.rows.push_back(row("gone", Judged::kMuscle, 0.0f));
  c.rows.back().presence = Presence::kMissing;
  c.rows.back().distance.reset();
  c.rows.back().mesh.reset();
  const auto measures = summarise(c);
  for (const char* id : {"bad_meshes", "order_worst_percent", "mirror_worst_mm", "missing"}) {
    EXPECT_EQ(measure_of(measures, id).must_verdict, Verdict::kFail) << id;
    EXPECT_EQ(measure_of(measures, id).offenders.size(), 1u) << id;
  }
  EXPECT_EQ(measure_of(measures, "missing").offenders.front(), "gone");
  // Not asked of a body that nobody drew symmetric.
  c.symmetric = false;
  EXPECT_EQ(measure_of(summarise(c), "mirror_worst_mm").must_verdict, Verdict::kNothing);
}

TEST(Summary, NothingToJudgeIsNoPass) {
  for (const Measure& m : summarise(Comparison{})) {
    EXPECT_EQ(m.must_verdict, Verdict::kNothing) << m.id;
    EXPECT_EQ(m.aim_verdict, Verdict::kNothing) << m.id;
  }
}

TEST(Tables, CsvHasOneLineAStructureAndAsManyFields) {
  Comparison c;
  c.rows = {row("a", Judged::kMuscle, 1.0f), row("b", Judged::kBone, 2.0f)};
  c.rows[1].mesh.reset();
  c.rows[1].distance.reset();
  c.rows[1].presence = Presence::kMissing;
  const auto rows = parse_csv(to_csv(c));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].size(), rows[1].size());
  EXPECT_EQ(rows[0].size(), rows[2].size());
  EXPECT_EQ(rows[1][1], "a, a \"name\"");
  const auto mean = static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), "mean_mm") -
                                             rows[0].begin());
  EXPECT_EQ(rows[1][mean], "1.000");
  EXPECT_EQ(rows[2][mean], "");
}

TEST(Tables, TextAndJsonNameTheOffenders) {
  Comparison c;
  c.rows = {row("a", Judged::kMuscle, 1.0f)};
  c.rows[0].presence = Presence::kMissing;
  c.rows[0].distance.reset();
  c.unread = {"'x.glb' is empty."};
  const auto measures = summarise(c);
  const std::string text = to_text(c, measures);
  EXPECT_NE(text.find("In the reference, not in the body (1):\n  a\n"), std::string::npos) << text;
  EXPECT_NE(text.find("x.glb"), std::string::npos);
  const auto json = nlohmann::json::parse(to_json_text(c, measures));
  EXPECT_EQ(json["measures"].size(), measures.size());
  EXPECT_EQ(json["structures"][0]["presence"], "missing");
}

}  // namespace
}  // namespace compare
