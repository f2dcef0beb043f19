// Tender spots and traditional maps: every spot lies over the muscle that it is of, areas are where
// the words say, both sides mirror, words are complete, and mistakes are named.
#include "guide/tender_spots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "anatomy/pack.h"
#include "data/translator.h"
#include "guide/finder.h"
#include "guide/under_here.h"
#include "support/scratch_dir.h"
#include "support/sim_fixture.h"

namespace guide {
namespace {

namespace fs = std::filesystem;
using anatomy::Side;

const std::vector<TenderSpot>& all_spots() {
  static const TenderFile file = load_tender_spots(test_support::assets_dir());
  return file.spots;
}

anatomy::BodyIndex load(const std::string& name) {
  return anatomy::BodyIndex(
      anatomy::load_pack(fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies" / (name + ".pack"))
          .value());
}

auto count_spots_of(std::string_view structure_id) {
  return std::count_if(all_spots().begin(), all_spots().end(), [&](const TenderSpot& spot) {
    return is_tender_spot_of(spot, structure_id);
  });
}

// product.md names these muscles.
TEST(TenderSpots, EveryMuscleOfTheListHasOne) {
  EXPECT_TRUE(load_tender_spots(test_support::assets_dir()).refused.empty());
  for (const char* muscle : {"trapezius_descending",
                             "trapezius_transverse",
                             "trapezius_ascending",
                             "levator_scapulae",
                             "rectus_capitis_posterior_major",
                             "splenius_capitis",
                             "splenius_cervicis",
                             "semispinalis_capitis",
                             "sternocleidomastoid",
                             "rhomboid_major",
                             "infraspinatus",
                             "latissimus_dorsi",
                             "iliocostalis_thoracis",
                             "iliocostalis_lumborum",
                             "longissimus_thoracis",
                             "multifidus",
                             "quadratus_lumborum",
                             "gluteus_medius",
                             "pectoralis_major_sternocostal",
                             "pectoralis_minor",
                             "deltoid_acromial"}) {
    EXPECT_GT(count_spots_of(muscle), 0) << muscle;
  }
  // Two of the upper trapezius and of the levator.
  EXPECT_EQ(count_spots_of("trapezius_descending_left"), 2);
  EXPECT_EQ(count_spots_of("levator_scapulae_right"), 2);
  EXPECT_EQ(count_spots_of("serratus_anterior_left"), 0);
  for (const TenderSpot& spot : all_spots())
    EXPECT_EQ(spot.display_only, spot.id == "sternocleidomastoid");
}

TEST(TenderSpots, EachLiesOverItsMuscleOnEveryFigure) {
  for (const char* name : {"builtin", "builtin_female_light", "builtin_male_heavy"}) {
    const anatomy::BodyIndex body = load(name);
    const auto& structures = body.body().structures;
    for (const TenderSpot& spot : all_spots()) {
      for (const Side side : {Side::kRight, Side::kLeft}) {
        const auto map = lay_tender_spot(spot, side, body);
        ASSERT_TRUE(map) << spot.id << " " << map.error().message;
        EXPECT_EQ(map->areas.size(), spot.areas.size()) << spot.id;
        // Within a thumb's breadth: under it or right beside.
        float nearest = 1.0f;
        for (const anatomy::Structure& structure : structures) {
          if (structure.side != side || !is_named(structure.id, spot.muscles)) continue;
          const auto& range = structure.lods[1];
          const auto& mesh = body.body().lods[1];
          for (std::uint32_t v = 0; v < range.vertex_count; ++v) {
            const glm::vec3 way = mesh.positions_m[range.first_vertex + v] - map->spot.point_m;
            const float deep = -glm::dot(way, map->spot.normal);
            const float beside = glm::length(way + deep * map->spot.normal);
            if (deep > -0.01f && deep < 0.07f) nearest = std::min(nearest, beside);
          }
        }
        EXPECT_LT(nearest, 0.015f) << name << " " << spot.id << " " << to_string(side);
      }
    }
  }
}

TEST(TenderSpots, LeftIsTheMirrorImageOfRightAndDotsLieOnTheSkin) {
  const anatomy::BodyIndex body = load("builtin");
  for (const TenderSpot& spot : all_spots()) {
    const auto right = lay_tender_spot(spot, Side::kRight, body);
    const auto left = lay_tender_spot(spot, Side::kLeft, body);
    ASSERT_TRUE(right && left);
    EXPECT_LT(right->spot.point_m.x, 0.0f) << spot.id;
    EXPECT_NEAR(right->spot.point_m.x, -left->spot.point_m.x, 0.006f) << spot.id;
    EXPECT_NEAR(right->spot.point_m.y, left->spot.point_m.y, 0.006f) << spot.id;
    EXPECT_GT(right->dots.size(), 20u) << spot.id;
    EXPECT_LT(right->dots.size(), 1500u) << spot.id;
    for (const TenderDot& dot : right->dots) {
      EXPECT_LT(glm::distance(body.find_surface_point(dot.point_m).point_m, dot.point_m), 1e-3f);
      const bool inside =
          std::any_of(right->areas.begin(), right->areas.end(), [&](const TenderArea3& area) {
            return glm::distance(area.centre_m, dot.point_m) < area.radius_m + 0.03f;
          });
      EXPECT_TRUE(inside) << spot.id;
    }
  }
}

// Where the words of product.md say that it is felt, by height and face of the body.
TEST(TenderSpots, AreasAreWhereTheWordsSay) {
  const anatomy::BodyIndex body = load("builtin");
  const auto landmark = [&](const char* id) { return body.body().find_landmark(id)->position_m; };
  const auto areas = [&](const char* id) {
    const auto& spot = all_spots()[static_cast<std::size_t>(find_tender_spot(all_spots(), id))];
    return lay_tender_spot(spot, Side::kLeft, body)->areas;
  };
  const auto any = [](const std::vector<TenderArea3>& all, const auto& fits) {
    return std::any_of(all.begin(), all.end(), fits);
  };
  const auto all_of = [](const std::vector<TenderArea3>& all, const auto& fits) {
    return std::all_of(all.begin(), all.end(), fits);
  };
  const float mastoid = landmark("mastoid_left").y;
  // Temple and eye: the head, in front of the mastoid.
  EXPECT_TRUE(any(areas("upper_trapezius"), [&](const auto& a) {
    return a.centre_m.y > mastoid + 0.02f && a.centre_m.z > landmark("mastoid_left").z + 0.03f;
  }));
  EXPECT_TRUE(all_of(areas("splenius_capitis"),
                     [&](const auto& a) { return a.centre_m.y > mastoid + 0.06f; }));
  // Between C7 and T3, behind.
  EXPECT_TRUE(all_of(areas("middle_trapezius"), [&](const auto& a) {
    return a.centre_m.y < landmark("C7").y + 0.01f && a.centre_m.y > landmark("T3").y - 0.01f &&
           std::abs(a.centre_m.x) < 0.04f;
  }));
  // The high neck and the acromion.
  EXPECT_TRUE(any(areas("lower_trapezius"),
                  [&](const auto& a) { return a.centre_m.y > landmark("C5").y - 0.01f; }));
  EXPECT_TRUE(any(areas("lower_trapezius"), [&](const auto& a) {
    return glm::distance(a.centre_m, landmark("acromion_left")) < 0.04f;
  }));
  // The front of the shoulder.
  for (const char* id : {"infraspinatus", "pectoralis_major", "pectoralis_minor"}) {
    EXPECT_TRUE(any(areas(id), [&](const auto& a) {
      return a.centre_m.z > landmark("acromion_left").z &&
             glm::distance(a.centre_m, landmark("acromion_left")) < 0.09f;
    })) << id;
  }
  // The buttock, below the crest and behind.
  for (const char* id : {"iliocostalis_lumborum", "longissimus", "gluteus_medius"}) {
    EXPECT_TRUE(any(areas(id), [&](const auto& a) {
      return a.centre_m.y < landmark("psis_left").y - 0.03f &&
             a.centre_m.z < landmark("iliac_crest_left").z;
    })) << id;
  }
  // The groin is in front.
  EXPECT_TRUE(any(areas("quadratus_lumborum"), [&](const auto& a) {
    return a.centre_m.y < landmark("asis_left").y && a.centre_m.z > landmark("iliac_crest_left").z;
  }));
}

TEST(TenderSpots, ATouchFindsTheSpotItIsOnAndTheMapsItLiesIn) {
  const anatomy::BodyIndex body = load("builtin");
  for (const TenderSpot& spot : all_spots()) {
    for (const Side side : {Side::kRight, Side::kLeft}) {
      const auto map = lay_tender_spot(spot, side, body);
      const auto at = find_tender_here(map->spot.point_m, all_spots(), body);
      const bool found = std::any_of(at.begin(), at.end(), [&](const TenderHere& here) {
        return all_spots()[static_cast<std::size_t>(here.spot)].id == spot.id && here.at_spot &&
               here.side == side && here.away_m < 1e-3f;
      });
      EXPECT_TRUE(found) << spot.id;
      EXPECT_TRUE(at.front().at_spot);
      for (const TenderArea3& area : map->areas) {
        const auto in = find_tender_here(area.centre_m, all_spots(), body);
        EXPECT_TRUE(std::any_of(in.begin(), in.end(), [&](const TenderHere& here) {
          return all_spots()[static_cast<std::size_t>(here.spot)].id == spot.id;
        })) << spot.id;
      }
    }
  }
  // The navel is nobody's.
  const auto belly = body.find_surface_hit({{0.0f, 1.0f, 1.0f}, {0, 0, -1}}, 2.0f);
  ASSERT_TRUE(belly);
  EXPECT_TRUE(find_tender_here({0.0f, 1.0f, 1.0f - belly->distance_m}, all_spots(), body).empty());
}

TEST(TenderSpots, AMapIsSeenFromWhereMostOfItLies) {
  const anatomy::BodyIndex body = load("builtin");
  const auto view = [&](const char* id, Side side) {
    const auto& spot = all_spots()[static_cast<std::size_t>(find_tender_spot(all_spots(), id))];
    return find_view(*lay_tender_spot(spot, side, body));
  };
  EXPECT_EQ(view("rhomboids", Side::kLeft), "back");
  EXPECT_EQ(view("multifidus", Side::kRight), "back");
  EXPECT_EQ(view("pectoralis_major", Side::kLeft), "front");
  EXPECT_EQ(view("deltoid", Side::kLeft), "left");
  EXPECT_EQ(view("deltoid", Side::kRight), "right");
}

TEST(TenderSpots, WordsAreComplete) {
  const auto tr = data::Translator::load(test_support::assets_dir() / "i18n", "en");
  ASSERT_TRUE(tr);
  for (const TenderSpot& spot : all_spots()) {
    EXPECT_TRUE(tr->has("tender." + spot.id)) << spot.id;
    EXPECT_TRUE(tr->has("tender." + spot.id + ".refers")) << spot.id;
  }
  EXPECT_NE(std::string((*tr)("tender.disputed")).find("disputed"), std::string::npos);
}

TenderFile load_changed(const std::string& from, const std::string& to) {
  support::ScratchDir scratch("tender");
  const fs::path assets = test_support::assets_dir();
  fs::copy(assets / "schema", scratch.path() / "schema");
  std::ifstream in(assets / "tender/tender_spots.json");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto at = text.find(from);
  if (at == std::string::npos) {
    ADD_FAILURE() << from;
    return {};
  }
  fs::create_directory(scratch.path() / "tender");
  std::ofstream(scratch.path() / "tender/tender_spots.json") << text.replace(at, from.size(), to);
  return load_tender_spots(scratch.path());
}

TEST(TenderSpots, AMistakeIsNamedByFileAndFieldAndTheRestStillLoads) {
  const std::size_t count = all_spots().size();
  const std::tuple<const char*, const char*, const char*> mistakes[] = {
      {"\"id\": \"middle_trapezius\"", "\"id\": 5", "spots[2].id"},
      {"\"id\": \"middle_trapezius\"", "\"id\": \"upper_trapezius\"", "spots[2].id"},
      {"\"radius_m\": 0.02}", "\"radius_m\": 2}", "spots[0].refers[0].radius_m"},
      {"\"from\": \"above\"", "\"from\": \"below\"", "spots[0].at.from"},
  };
  for (const auto& [from, to, field] : mistakes) {
    const TenderFile file = load_changed(from, to);
    ASSERT_EQ(file.refused.size(), 1u) << from;
    EXPECT_NE(file.refused[0].find("tender_spots.json"), std::string::npos) << file.refused[0];
    EXPECT_NE(file.refused[0].find(field), std::string::npos) << file.refused[0];
    EXPECT_EQ(file.spots.size(), count - 1);
  }
  for (const auto& [from, to] :
       {std::pair("\"version\": 1", "\"version\": 9"),
        std::pair("backmate-tender", "backmate-finder"), std::pair("{", "")}) {
    const TenderFile file = load_changed(from, to);
    EXPECT_EQ(file.refused.size(), 1u) << from;
    EXPECT_TRUE(file.spots.empty());
  }
}

}  // namespace
}  // namespace guide
