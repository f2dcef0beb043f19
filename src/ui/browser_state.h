// What the file browser remembers while it is open.
#pragma once

#include <filesystem>
#include <string>

#include "data/folder_listing.h"

namespace ui {

struct BrowserState {
  bool saving = false;
  data::FolderListing listing;
  std::string path_text;  // as typed; the listing's folder while nobody types
  std::string name;       // to save under
  int chosen = -1;        // in the listing
  int recent = -1;        // in the list beside it, while the arrow keys are there
  bool asked_to_replace = false;
  bool show_chosen = false;  // scrolls there once
  bool fresh = true;         // its first frame
};

// Lists the folder; a folder that is gone is answered with its nearest parent.
inline BrowserState open_browser(bool saving, const std::filesystem::path& folder,
                                 std::string name) {
  BrowserState state;
  state.saving = saving;
  state.name = std::move(name);
  state.listing = data::list_folder(folder);
  state.path_text = state.listing.folder.string();
  return state;
}

}  // namespace ui
