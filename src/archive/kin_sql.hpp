// kin_sql.hpp: what the statements that read kinship have in common. `k` is a row of kin.
#pragma once

// The hash of the id of the first article among its copies; NULL for an article that stands alone.
#define VIGIE_COPY_GROUP                                                                       \
  "(SELECT r.identity FROM edition r WHERE r.row=CASE WHEN k.copy_of IS NOT NULL THEN k.root " \
  "WHEN EXISTS(SELECT 1 FROM kin x WHERE x.copy_of=k.row) THEN k.row END)"

#define VIGIE_ORIGINAL "(SELECT o.id FROM edition p JOIN content o ON o.key=p.content WHERE p.row=k.copy_of)"

// What the story ?1 is called now. A live story goes by its own name; only one that is gone by what it became.
#define VIGIE_STORY_NOW                                                                                             \
  "CASE WHEN EXISTS(SELECT 1 FROM kin WHERE story=?1) THEN ?1 ELSE "                                                \
  "(WITH RECURSIVE chain(story,step) AS (VALUES(?1,0) UNION ALL SELECT a.new,step+1 FROM story_alias a JOIN chain " \
  "ON a.old=chain.story WHERE step<64) SELECT story FROM chain ORDER BY step DESC LIMIT 1) END"
