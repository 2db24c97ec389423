// A list answers while it is asked; without this file its form submits as any form does.
