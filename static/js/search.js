// Suggestions while a reader types; without this file the form searches as any form does.
