// Tender spots and the traditional maps of where they are said to be felt: marks on the skin, bound
// to landmarks (assets/tender/tender_spots.json, format "backmate-tender"). Drawn by us from words;
// the theory of referral is disputed, and whoever shows a map says so. Nothing here is simulated.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "guide/placement.h"

namespace guide {

struct TenderArea {
  PlacementAnchor at;
  float radius_m = 0.0f;
};

struct TenderSpot {
  std::string id;                    // words: "tender.<id>", "tender.<id>.refers"
  std::vector<std::string> muscles;  // ids without side, or their beginnings
  PlacementAnchor at;
  std::vector<TenderArea> areas;
  bool display_only = false;  // nobody presses there
};

struct TenderFile {
  std::vector<TenderSpot> spots;     // in the order of the file
  std::vector<std::string> refused;  // a sentence for each entry that is wrong
};

// Wrong entries are named by file and field and left out, the rest still loads.
TenderFile load_tender_spots(const std::filesystem::path& assets_dir);

// A spot on one body, with its areas as a stipple: denser in the middle of each, none twice.
struct TenderDot {
  glm::vec3 point_m{0.0f};
  glm::vec3 normal{0.0f};
};
struct TenderArea3 {
  glm::vec3 centre_m{0.0f};
  float radius_m = 0.0f;
};
struct TenderMap {
  TenderDot spot;
  std::vector<TenderArea3> areas;
  std::vector<TenderDot> dots;
};

// The standard view (by name) from which most of a map is seen.
std::string find_view(const TenderMap& map);

// Areas that this body has no landmarks or no skin for are left out; without the spot itself there
// is no map, and a sentence says why. `side` kMedian means right.
base::Result<TenderMap> lay_tender_spot(const TenderSpot& spot, anatomy::Side side,
                                        const anatomy::BodyIndex& body);

// Index or -1.
int find_tender_spot(const std::vector<TenderSpot>& spots, std::string_view id);
// Whether it is one of a muscle's (id with side).
bool is_tender_spot_of(const TenderSpot& spot, std::string_view structure_id);

// What a touch has to do with a spot.
struct TenderHere {
  int spot = 0;
  anatomy::Side side = anatomy::Side::kRight;
  bool at_spot = false;  // else it lies in an area of its map
  float away_m = 0.0f;   // from the spot, or from the middle of the nearest area
};

// Spots within 25 mm of the point, nearest first, then those in whose map it lies.
std::vector<TenderHere> find_tender_here(glm::vec3 skin_point_m,
                                         const std::vector<TenderSpot>& spots,
                                         const anatomy::BodyIndex& body);

}  // namespace guide
