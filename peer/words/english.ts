/** 256 plain English words, no two of which sound alike over a bad telephone line. Their order is part of the protocol. */
const WORDS = `
  apple river candle north bridge garden window pencil rabbit planet copper dragon engine falcon guitar hammer island
  jacket kitchen lemon magnet needle orange palace quarter tunnel umbrella velvet walnut yellow zebra anchor camera
  desert eagle forest galaxy harbor iceberg jungle kettle ladder marble napkin ocean queen ribbon violin winter yogurt
  almond banana dolphin feather glacier insect jigsaw kingdom lantern mirror nutmeg octopus parrot quilt rainbow
  tomato uniform village acorn balloon carpet diamond emerald fountain honey jasmine koala lobster meadow nephew olive
  penguin radish scarf teapot vanilla whistle bamboo cactus flamingo giraffe hazel ivory jewel knuckle lettuce
  notebook sailor thunder valley waffle cherry daisy envelope fiddle goose hedgehog jelly kayak lizard mustard turtle
  vase chimney dentist elephant firefly gondola icicle keyboard muffin otter pumpkin rhubarb spider trumpet volcano
  breakfast cinnamon escalator fisherman inventor journey ketchup library museum orchestra picnic restaurant sandwich
  telescope university vegetable waterfall bakery calendar doorbell evening goat holiday kangaroo lighthouse machine
  newspaper postcard recipe station theater visitor cushion drummer exit festival horizon item karate laptop neighbor
  opera rope shoulder watch chocolate doctor fabric kiwi puzzle sugar tower voyage wheel blossom cloud domino echo
  flute hill lawn moon nest plum ruby tulip wolf brick crown fork leaf ring stamp tree dance flag grass nurse orbit
  paint train bread fish snow hand night salt barrel cabin curtain gravel jersey lilac mango pebble sofa thimble anvil
  bonnet gallop lagoon mosaic nectar parsley satchel tractor wreath apricot crystal espresso fossil gazelle harvest
  judo laundry orchid pretzel sunset tambourine upstairs windmill yacht alphabet bracelet compass detective elevator
  furniture gymnasium
`

export const words: readonly string[] = WORDS.trim().split(/\s+/)
